"""This understanding beside Rasa's stock pipeline, on anybody's data in Rasa's format."""
