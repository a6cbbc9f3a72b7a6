"""The catalogues in locale/: whole, in step with the code, and compiled."""

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command

ROOT = Path(settings.BASE_DIR)
CATALOGUES = sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
# Where programs have words for people.
SAYING = ("claims", "config", "sources", "templates")
# As Python, blocktranslate and scripts have them, and tags with what they have in them.
KEPT = re.compile(r"%%?\(\w+\)[sd]|%[sd]|</?\w[^>]*>")

Key = tuple[str | None, str]

needs_gettext = pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed")


def read(path: Path) -> dict[Key, Message]:
    with path.open("rb") as file:
        catalog = read_po(file)
    return {_key(message): message for message in catalog if message.id}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Message]:
    """What xgettext finds in the code: all that has to be translated."""
    folder = tmp_path_factory.mktemp("messages")
    for name in SAYING:
        (folder / name).symlink_to(ROOT / name)
    (folder / "locale").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(settings, "LOCALE_PATHS", [folder / "locale"])
        call_command("makemessages", locale=["fr"], symlinks=True, verbosity=0)
    return read(folder / "locale/fr/LC_MESSAGES/django.po")


@needs_gettext
@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_catalogue_has_every_message_of_the_code_and_no_others(path: Path, said: dict[Key, Message]) -> None:
    found = read(path)
    lacking = [key for key in said if key not in found]
    forgotten = [key for key in found if key not in said]
    assert (lacking, forgotten) == ([], []), "make messages, and translate what is new"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_every_message_is_translated_with_its_placeholders_and_tags(path: Path) -> None:
    faults = [(key, fault) for key, message in read(path).items() if (fault := _fault(message))]
    assert faults == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_compiled_catalogue_is_that_which_is_read(path: Path) -> None:
    with path.with_suffix(".mo").open("rb") as file:
        compiled = _strings(read_mo(file))
    with path.open("rb") as file:
        assert compiled == _strings(read_po(file))


def test_french_has_its_own_signs() -> None:
    wrong = re.compile(r"'| [:;?!»]|« |“|”")
    messages = read(ROOT / "locale/fr/LC_MESSAGES/django.po").values()
    strings = [re.sub(r"<[^>]*>", "", string) for message in messages for string in _all(message)]
    assert [string for string in strings if wrong.search(string)] == []


def _fault(message: Message) -> str:
    """What is wrong with a translation; nothing if it is right."""
    if message.fuzzy:
        return "fuzzy"
    if not all(_all(message)):
        return "not translated"
    english = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = [sorted(KEPT.findall(text)) for text in english]
    # A form for one thing may name it instead of counting.
    odd = [string for string in _all(message) if sorted(KEPT.findall(string)) not in wanted]
    return f"other placeholders or tags: {odd}" if odd else ""


def _key(message: Message) -> Key:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def _all(message: Message) -> list[str]:
    string: Any = message.string
    return [string] if isinstance(string, str) else list(string)


def _strings(catalog: Catalog) -> dict[str, list[str]]:
    """By the English and its context, which Babel gives as bytes of what is compiled."""
    return {str(_key(message)).replace("(b'", "('"): _all(message) for message in catalog if message.id}
