"""Several machines on this one: PostgreSQL, Redis, nginx and two of each server, from the files in deploy/, for tests
and measurements."""
