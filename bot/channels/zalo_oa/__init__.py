"""Zalo Official Account: signed webhooks, single-use refresh tokens, text, buttons and pictures."""
