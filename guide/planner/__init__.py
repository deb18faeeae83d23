"""The itinerary planner: which visits, in which order, on which day, within hours, effort, meals and wishes."""
