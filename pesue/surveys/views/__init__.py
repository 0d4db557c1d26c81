"""Surveys; panels, for leads, for experts and for everybody; figures of others."""
