"""Whether a server answers."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit


async def answers(url: str, timeout: float = 2.0) -> bool:
    """Whether a GET of this http URL is answered with status 200 within so many seconds."""
    try:
        return await asyncio.wait_for(_status(url), timeout) == 200
    except (OSError, asyncio.TimeoutError, ValueError, IndexError):
        return False


async def _status(url: str) -> int:
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    try:
        writer.write(f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\n\r\n".encode())
        return int((await reader.readline()).split()[1])
    finally:
        writer.close()
