"""Pesue: employee advocacy that staff can trust. One Django app, one package a room."""

__version__ = "0.1.0"
