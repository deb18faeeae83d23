"""What the Rasa server loads: components that understand a message, and connectors to the channels."""
