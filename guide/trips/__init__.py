"""A trip in conversation, and kept, shared and taken along as calendar and map files."""
