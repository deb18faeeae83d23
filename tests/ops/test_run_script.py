"""The script ``run`` on a machine of stand-ins: which Python it takes, when it installs, what it says if it can not."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "cat", "cmp", "cp", "mkdir", "rm", "tail", "date", "sed", "dirname", "chmod", "touch")

PYTHON = """#!/bin/sh
case "$*" in
*"== (3, 10)"*) exit {not_310} ;;
*">= (3, 8)"*) exit 0 ;;
*sys.executable*) echo "$0" ;;
*"-m venv"*) {venv} ;;
*"-m pip install"*) {pip} ;;
*"-m pip config get global.index-url"*) echo "{index}" ;;
esac
"""
SHIM_OF_NOTHING = "#!/bin/sh\necho 'pyenv: python3.10: command not found' >&2\nexit 127\n"
UV = """#!/bin/sh
echo "$@ index=${UV_DEFAULT_INDEX:-}" >>"$CALLS"
case "$1 $2" in
"venv --python")
    if [ "$3" = 3.10 ] && [ -n "${NO_FETCH:-}" ]; then echo "error: No download found"; exit 2; fi
    mkdir -p .venv/bin
    cat "$VENV_PYTHON" >.venv/bin/python
    chmod +x .venv/bin/python ;;
"pip sync") [ -z "${NO_SYNC:-}" ] || { echo "error: hash mismatch"; exit 2; } ;;
esac
"""
VENV_PYTHON = """#!/bin/sh
case "$1" in
-m) shift; for word in "$@"; do echo "<$word>"; done ;;
-c) exit 0 ;;
esac
"""


class Machine:
    """A clone with nothing but ``run`` and the lock file, on a machine with a few tools and no Python yet."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bin, self.home = folder / "a clone", folder / "bin", folder / "home"
        for path in (self.clone / "ops", self.bin, self.home):
            path.mkdir(parents=True)
        shutil.copy(ROOT / "run", self.clone / "run")
        (self.clone / "requirements.lock").write_text("one==1\n")
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.calls = folder / "calls"
        self.calls.touch()
        self.venv_python = folder / "venv-python"
        self.venv_python.write_text(VENV_PYTHON)

    def script(self, path: Path, text: str) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
        return path

    def python(self, path: Path, version_310: bool, venv: str = "exit 1", pip: str = "exit 1", index: str = "") -> Path:
        text = PYTHON.format(not_310=0 if version_310 else 1, venv=venv, pip=pip, index=index)
        return self.script(path, text)

    def uv(self) -> None:
        self.script(self.bin / "uv", UV)

    def run(self, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        here = {"PATH": str(self.bin), "HOME": str(self.home), "CALLS": str(self.calls)}
        return subprocess.run(
            [str(self.clone / "run"), *arguments],
            env=here | {"VENV_PYTHON": str(self.venv_python)} | environ,
            capture_output=True,
            text=True,
            timeout=30,
            cwd="/",
        )

    def said_to_uv(self) -> list[str]:
        return self.calls.read_text().splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_it_is_a_valid_posix_script() -> None:
    assert subprocess.run(["sh", "-n", str(ROOT / "run")], check=False).returncode == 0
    assert os.access(ROOT / "run", os.X_OK)


def test_a_bare_clone_makes_the_environment_and_hands_over(machine: Machine) -> None:
    machine.uv()
    python = machine.python(machine.bin / "python3.10", version_310=True)
    done = machine.run("chat", "--lang", "en", "a b")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-5:] == ["<ops>", "<chat>", "<--lang>", "<en>", "<a b>"]
    made = [call for call in machine.said_to_uv() if "--version" not in call]
    assert made[0].startswith(f"venv --python {python} .venv")
    assert made[1].startswith("pip sync --python .venv/bin/python --require-hashes requirements.lock")


def test_a_shim_that_exists_and_does_not_run_is_passed_over_for_pyenvs_own(machine: Machine) -> None:
    machine.uv()
    machine.script(machine.bin / "python3.10", SHIM_OF_NOTHING)
    machine.python(machine.bin / "python3", version_310=False)
    real = machine.python(machine.home / ".pyenv" / "versions" / "3.10.13" / "bin" / "python", version_310=True)
    assert machine.run("status").returncode == 0
    assert any(call.startswith(f"venv --python {real} .venv") for call in machine.said_to_uv())


def test_without_a_310_uv_fetches_one(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3", version_310=False)
    done = machine.run("status")
    assert "letting uv fetch one" in done.stdout
    assert any(call.startswith("venv --python 3.10 .venv") for call in machine.said_to_uv())


def test_when_uv_cannot_fetch_one_it_says_what_to_install(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3", version_310=False)
    done = machine.run(NO_FETCH="1")
    assert done.returncode == 1
    assert "no Python 3.10 here" in done.stderr
    assert "TRUC_PYTHON" in done.stderr
    assert "No download found" in done.stderr, "uv's own words are shown"


def test_without_python_and_uv_it_says_what_to_install(machine: Machine) -> None:
    done = machine.run()
    assert done.returncode == 1
    assert "uv could not be found or installed" in done.stderr


@pytest.mark.parametrize(
    ("venv", "pip"),
    [
        pytest.param(
            "mkdir -p var/uv/bin; cat {new} >var/uv/bin/python; chmod +x var/uv/bin/python", "exit 1", id="venv"
        ),
        pytest.param(
            "exit 1", "mkdir -p var/uv/bin; cat {uv} >var/uv/bin/uv; chmod +x var/uv/bin/uv", id="pip --target"
        ),
    ],
)
def test_without_uv_it_gets_it_from_the_package_index(machine: Machine, tmp_path: Path, venv: str, pip: str) -> None:
    uv = machine.script(tmp_path / "new-uv", UV)
    inner = machine.script(tmp_path / "new-python", f"#!/bin/sh\ncat {uv} >var/uv/bin/uv\nchmod +x var/uv/bin/uv\n")
    machine.python(machine.bin / "python3", version_310=True, venv=venv.format(new=inner), pip=pip.format(uv=uv))
    done = machine.run("status")
    assert done.returncode == 0, done.stderr
    assert "<status>" in done.stdout
    assert (machine.clone / "var" / "uv" / "bin" / "uv").exists()


def test_the_second_time_nothing_is_made(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3.10", version_310=True)
    machine.run("status")
    machine.calls.write_text("")
    assert machine.run("status").stdout.splitlines() == ["<ops>", "<status>"]
    assert machine.said_to_uv() == []


def test_a_changed_lock_file_is_installed_into_the_same_environment(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3.10", version_310=True)
    machine.run("status")
    machine.calls.write_text("")
    (machine.clone / "requirements.lock").write_text("one==2\n")
    machine.run("status")
    assert [call.split()[:2] for call in machine.said_to_uv() if "--version" not in call] == [["pip", "sync"]]


def test_an_installation_that_failed_is_tried_again(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3.10", version_310=True)
    failed = machine.run("status", NO_SYNC="1")
    assert failed.returncode == 1
    assert "hash mismatch" in failed.stderr
    assert machine.run("status").stdout.splitlines()[-1] == "<status>"


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_help_needs_no_environment(machine: Machine, word: str) -> None:
    done = machine.run(word)
    assert done.returncode == 0
    assert "./run test" in done.stdout
    assert not (machine.clone / ".venv").exists()


def test_pips_index_is_handed_to_uv(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3.10", version_310=True)
    machine.python(machine.bin / "python3", version_310=False, index="https://mirror.example/simple")
    machine.run("status")
    assert machine.said_to_uv()[-1].endswith("index=https://mirror.example/simple")


def test_compiled_bytecode_is_kept(machine: Machine) -> None:
    machine.uv()
    machine.python(machine.bin / "python3.10", version_310=True)
    machine.venv_python.write_text('#!/bin/sh\n[ "$1" = -c ] || echo "${PYTHONDONTWRITEBYTECODE-unset}"\n')
    assert machine.run("status", PYTHONDONTWRITEBYTECODE="1").stdout.splitlines()[-1] == "unset"
