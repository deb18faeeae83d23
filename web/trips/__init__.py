"""The page of a kept trip, and the files to take along."""
