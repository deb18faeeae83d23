"""The console's views, by what they are for."""
