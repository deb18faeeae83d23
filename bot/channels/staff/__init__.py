"""What the staff console asks of the running bot: how a text is understood, how an answer looks on each channel."""
