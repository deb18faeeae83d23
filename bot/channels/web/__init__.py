"""The website's channel: sessions, a WebSocket, and the same frames by POST. The protocol: docs/web-channel.md"""
