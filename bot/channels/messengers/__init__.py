"""What the messenger channels (Telegram, Zalo) share: a durable inbox, turns in order, and strict, patient sending.

A platform's message takes this way: ``webhook`` verifies and parses it, ``stores`` keep it before it is acknowledged,
``workers`` hand the messages of one conversation over one after another, ``turns`` ask Rasa, the platform renders the
answer into ``calls``, and ``delivery`` makes them. Each platform adds how it verifies, reads, renders and calls.
"""
