"""How the project is run: the environment's verbs, the launcher of the three servers, the terminal chat."""
