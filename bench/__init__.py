"""Measurements of the project, and of others beside it."""
