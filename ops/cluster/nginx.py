"""nginx before several servers, from the templates in deploy/nginx: what the image of nginx does with them at start."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from ops.cluster.daemon import Daemon
from ops.cluster.stores import listens
from ops.debian import program
from ops.settings import ROOT

NGINX = ROOT / "deploy" / "nginx"
_VARIABLE = re.compile(r"\$\{(TRUC_[A-Z_]+)\}")


def render(template: str, values: Mapping[str, str]) -> str:
    """The template with its ``${TRUC_…}`` replaced. Raises KeyError for one that has no value."""
    return _VARIABLE.sub(lambda found: values[found[1]], template)


def upstream(ports: Iterable[int]) -> str:
    """The servers of an upstream, on this machine."""
    return " ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=2s;" for port in ports)


def certificate(folder: Path) -> Path:
    """A certificate for this machine, signed by itself; its file."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / "fullchain.pem"
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(folder / "privkey.pem"), "-out", str(made)]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *names, *files], check=True, capture_output=True
    )
    return made


def nginx(folder: Path, values: Mapping[str, str], port: int) -> Daemon:
    """nginx with this folder as its prefix; ``port`` is one of those it will listen at."""
    prefix = folder / "nginx"
    for name in ("conf.d", "logs", "temp"):
        (prefix / name).mkdir(parents=True)
    prefix.chmod(0o755)
    shutil.copy(NGINX / "nginx.conf", prefix)
    made = render((NGINX / "truc.conf.template").read_text("utf-8"), values)
    (prefix / "conf.d" / "truc.conf").write_text(made, "utf-8")
    command = [program("nginx"), "-p", f"{prefix}/", "-c", f"{prefix}/nginx.conf", "-e", "stderr", "-g", "daemon off;"]
    return Daemon("nginx", command, lambda: listens(port), folder / "nginx.log")
