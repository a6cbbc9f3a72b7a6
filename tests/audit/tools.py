"""The programs that judge, which are no part of Assay: npm installs them into a folder of the user's own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "assay-audit"
PACKAGES = {"vnu-jar": "26.9.27", "lighthouse": "12.8.2"}
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def package(name: str) -> Path:
    """The folder of a package, which is installed if it is not."""
    for program in ("node", "npm", "java"):
        if not shutil.which(program):
            sys.exit(f"The audit needs {program}: apt-get install nodejs npm default-jre-headless chromium")
    where = FOLDER / f"{name}-{PACKAGES[name]}"
    if not where.is_dir():
        making = FOLDER / f"{name}-being-installed"
        making.mkdir(parents=True, exist_ok=True)
        # Scripts of packages would download further programs.
        options = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", str(making))
        subprocess.run(["npm", "install", *options, f"{name}@{PACKAGES[name]}"], check=True)
        making.rename(where)
    return where / "node_modules" / name
