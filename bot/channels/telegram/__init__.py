"""Telegram, in place of Rasa's own channel, which authenticates nobody and loses turns."""
