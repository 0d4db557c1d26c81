"""The AT Protocol, as far as posting needs it."""
