"""The pages that visitors see: home, one for each place, and the errors."""
