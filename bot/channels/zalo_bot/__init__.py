"""Zalo Bot Platform: a bot token, a secret header or long polling, text and pictures only."""
