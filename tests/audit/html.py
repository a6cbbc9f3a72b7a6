"""The W3C's validator (the Nu HTML Checker) over pages as they are served, with the SVG and style sheets they use."""

import json
import re
import subprocess
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urljoin

from tests.audit.tools import package

FILE = re.compile(r'(?:href|src)="(/static/[^"]+\.svg)"')


def faults(home: str, paths: dict[str, str]) -> list[str]:
    """Its errors; what it only warns of is printed."""
    with tempfile.TemporaryDirectory(prefix="assay-audit-") as folder:
        files: dict[str, str] = {}
        for name, path in paths.items():
            keep(Path(folder), files, name, html := fetched(urljoin(home, path)), "html")
            for file in FILE.findall(html):
                keep(Path(folder), files, file, fetched(urljoin(home, file)), "svg")
        messages = validated(Path(folder))
    print(f"   {len(files)} files", flush=True)
    # Each once a page, with the first place where it is.
    told = {(files[Path(each["url"]).name], each["message"]): each for each in reversed(messages)}
    for (name, message), each in told.items():
        if each["type"] == "info":
            print(f"   {name}: {message}", flush=True)
    return [
        f"{name}: {message} …{each.get('extract', '')}…"
        for (name, message), each in told.items()
        if each["type"] != "info"
    ]


def keep(folder: Path, files: dict[str, str], name: str, text: str, kind: str) -> None:
    if name not in files.values():
        file = f"{len(files)}.{kind}"
        files[file] = name
        (folder / file).write_text(text)


def fetched(url: str) -> str:
    """The page, one that says that there is none too."""
    try:
        with urllib.request.urlopen(url) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.read().decode()


def validated(folder: Path) -> list[dict]:
    jar = package("vnu-jar") / "build" / "dist" / "vnu.jar"
    command = ["java", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", "--also-check-svg", folder]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(answer.stdout)["messages"]
