"""Who listens on a port."""

from __future__ import annotations

import socket

import psutil

from ops.errors import PortInUse
from ops.settings import Settings, port_variable


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_ports(count: int, host: str = "127.0.0.1") -> list[int]:
    """So many different ports that are free now."""
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind((host, 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()


def owner(port: int) -> str | None:
    """The process that listens on a port, as ``nginx (process 812)``; None when the system does not tell."""
    try:
        listening = (socket for socket in psutil.net_connections("tcp") if socket.status == psutil.CONN_LISTEN)
        pid = next((found.pid for found in listening if found.laddr and found.laddr.port == port), None)
        return f"{psutil.Process(pid).name()} (process {pid})" if pid else None
    except psutil.Error:
        return None


def require_free(settings: Settings, servers: tuple[str, ...]) -> None:
    """Raise PortInUse when a port of these servers is taken."""
    for server in servers:
        port = settings.ports[server]
        if not is_free(settings.host, port):
            raise PortInUse(server, port, f"--{server}-port", port_variable(server), owner(port))
