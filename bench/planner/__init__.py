"""The planner measured on public instances of the team orienteering problem with time windows."""
