"""Makes .venv and installs the locked packages: python3 config/install.py run|dev

Runs on whatever Python the machine has, before there is a .venv. Does nothing when all is in place.
"""

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
# There while something is being installed, and so after an interruption, when nothing in .venv can be relied on.
UNFINISHED = VENV / "unfinished"
TOO_OLD = """Assay needs Python 3.11 or newer; {} is {}.
If there is a newer one on this machine, name it:  PYTHON=python3.12 make run"""
NO_VENV = """This Python ({}) cannot make virtual environments.
  Debian, Ubuntu:  apt-get install python3-venv
  elsewhere:       use a Python that has its venv and ensurepip modules:  PYTHON=python3.12 make run"""


def main(what: str) -> None:
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(TOO_OLD.format(sys.executable, sys.version.split()[0]))
    # Two makes at once take turns.
    fcntl.flock(os.open(ROOT / "requirements", os.O_RDONLY), fcntl.LOCK_EX)
    if UNFINISHED.exists() or not fits():
        make_venv()
    install(what)
    install("postgres", optional=True)


def fits() -> bool:
    """.venv works and belongs to this Python. A Python that was removed or moved leaves one that does not."""
    try:
        command = [str(PYTHON), "-c", "import pip, sys; print(sys.version)"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip() == sys.version.strip()
    except OSError:
        return False


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit(NO_VENV.format(sys.executable))
    say("Making .venv with Python " + sys.version.split()[0])
    shutil.rmtree(VENV, ignore_errors=True)
    VENV.mkdir()
    UNFINISHED.touch()
    # Not sys.executable, which may have been inside the folder just removed.
    base: str = sys._base_executable  # type: ignore[attr-defined]
    subprocess.run([base, "-m", "venv", str(VENV)], check=True)
    UNFINISHED.unlink()


def install(what: str, *, optional: bool = False) -> None:
    requirements = ROOT / "requirements" / f"{what}.txt"
    stamp = VENV / f"installed-{what}"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    say(f"Installing the packages of {requirements.relative_to(ROOT)}")
    UNFINISHED.touch()
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    done = subprocess.run([*command, "--requirement", str(requirements)], stderr=subprocess.PIPE, text=True)
    UNFINISHED.unlink()
    if done.returncode and not (optional and "No matching distribution" in done.stderr):
        sys.exit(f"{done.stderr}\nThe packages could not be installed; what pip says of it is above.")
    if done.returncode:
        say("There is no packaged PostgreSQL for this machine; an installed one will be used.")
    stamp.write_text(wanted)


def say(text: str) -> None:
    print(f"— {text}", flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit(130)
