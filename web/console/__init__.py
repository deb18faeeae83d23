"""The staff console: invited people correct the facts that the bot and the pages tell."""
