"""Trips: kept, shared and taken along as calendar and map files."""
