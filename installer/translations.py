# SPDX-License-Identifier: Apache-2.0
"""Keep the catalogues in ``translations/`` in step with the program's texts.

    python installer/translations.py update    collect texts, bring every catalogue up to date
    python installer/translations.py check     say what is out of date or missing; 1 if anything is

``update`` keeps what translators wrote, drops what is no longer in the program, and makes the two
test languages anew: ``en_XA`` is English about 40 % longer with accents, ``ar_XB`` is English
running from right to left. Neither is offered to users; they prove that every text goes through
the catalogue, that longer words fit, and that the window can be mirrored.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "translations"
TEMPLATE = FOLDER / "clinicdesk.pot"
LANGUAGES = ("de",)
LONGER, MIRRORED = "en_XA", "ar_XB"
KEYWORDS = {
    "_": None,
    "N_": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "count": (1, 2),  # Formats.count
}
# The kernel stands below the room of words and cannot mark its few sentences.
KERNEL_WORDS = ("wording", "what", "safe", "do")

_PLACE = re.compile(r"(\{[^{}]*\}|%\([a-z]+\)s|&|\n)")
_ACCENTS = str.maketrans("AEIOUYaeiouyncsz", "ÂÉÎÖÜÝáéîöüýñçšž")


def collect() -> Catalog:
    """Return every text of the program, sorted, without places: those change with every edit."""
    catalog = Catalog(project="ClinicDesk", charset="utf-8", fuzzy=False)
    found = extract_from_dir(
        ROOT / "clinicdesk",
        method_map=[("**.py", "python")],
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for _file, _line, message, comments, context in found:
        catalog.add(message, auto_comments=comments, context=context)
    for message in _kernel_texts():
        catalog.add(message)
    return catalog


def update() -> None:
    """Write the template and bring every language up to date."""
    template = collect()
    FOLDER.mkdir(exist_ok=True)
    TEMPLATE.write_bytes(_written(template))
    for language in LANGUAGES:
        own = _read(language)
        own.update(template, no_fuzzy_matching=True, update_header_comment=False)
        own.obsolete.clear()
        _write(language, own)
    _write(LONGER, pseudo(template, LONGER))
    _write(MIRRORED, pseudo(template, MIRRORED))


def check() -> list[str]:
    """Return what is wrong with the catalogues, one sentence each."""
    template = collect()
    faults = []
    if not TEMPLATE.is_file() or TEMPLATE.read_bytes() != _written(template):
        faults.append("translations/clinicdesk.pot is not what the program says")
    faults.extend(
        f"translations/{language} is not made from the present texts"
        for language in (LONGER, MIRRORED)
        if _po(language).read_bytes() != _written(pseudo(template, language))
    )
    for language in LANGUAGES:
        own = _read(language)
        for message in template:
            if message.id:
                found = own.get(_parts(message.id)[0], message.context)
                faults.extend(_faults(language, message, found))
    return faults


def pseudo(template: Catalog, language: str) -> Catalog:
    """Return a test language: English made longer, or mirrored."""
    change = longer if language == LONGER else mirrored
    catalog = Catalog(
        locale="en", project="ClinicDesk", charset="utf-8", fuzzy=False,
        header_comment=f"# Made by installer/translations.py: {language}, not for users.",
    )  # fmt: skip
    for message in template:
        if message.id:
            said = tuple(change(text) for text in _parts(message.id))
            catalog.add(message.id, said if len(said) > 1 else said[0], context=message.context)
    return catalog


def longer(text: str) -> str:
    """Return a text with accents, at least 40 % longer, its places untouched."""
    accented = "".join(
        part if _PLACE.fullmatch(part) else part.translate(_ACCENTS) for part in _PLACE.split(text)
    )
    wanted = max(1, round(len(text) * 0.42) - 2)
    tail = ("lorem ipsum dolor sit amet " * (wanted // 27 + 1))[:wanted].strip()
    end = "\n" if accented.endswith("\n") else ""
    return f"[{accented.removesuffix(end)} {tail}]{end}"


def mirrored(text: str) -> str:
    """Return a text whose words run from right to left."""
    return "".join(
        part if _PLACE.fullmatch(part) else re.sub(r"[^\W\d_]+", _turned, part)
        for part in _PLACE.split(text)
    )


def _turned(match: re.Match[str]) -> str:
    return f"\u202e{match[0]}\u202c"


# ── behind the counter ───────────────────────────────────────────────────────────────────────


def _kernel_texts() -> Iterator[str]:
    for path in sorted((ROOT / "clinicdesk" / "kernel").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                for line in node.body:
                    if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                        names = {t.id for t in line.targets if isinstance(t, ast.Name)}
                        if names & set(KERNEL_WORDS) and isinstance(line.value.value, str):
                            yield line.value.value


def _faults(language: str, wanted: Message, found: Message | None) -> Iterator[str]:
    ids, said = _parts(wanted.id), _parts(found.string if found is not None else "")
    if found is None or not all(said):
        yield f"{language}: not translated: {wanted.id!r}"
        return
    if found.fuzzy:
        yield f"{language}: marked as doubtful: {wanted.id!r}"
    places = _places(ids[-1])
    for part in said:
        own = _places(part)
        if own - places or (len(ids) == 1 and own != places):
            yield f"{language}: other places than in {wanted.id!r}"


def _parts(text: object) -> tuple[str, ...]:
    return tuple(map(str, text)) if isinstance(text, tuple | list) else (str(text or ""),)


def _places(text: str) -> set[str]:
    return set(re.findall(r"\{[^{}]*\}", text))


def _po(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "clinicdesk.po"


def _read(language: str) -> Catalog:
    path = _po(language)
    if not path.is_file():
        return Catalog(locale=language, project="ClinicDesk", charset="utf-8", fuzzy=False)
    return read_po(BytesIO(path.read_bytes()), locale=language)


def _write(language: str, catalog: Catalog) -> None:
    path = _po(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(_written(catalog))


def _written(catalog: Catalog) -> bytes:
    out = BytesIO()
    write_po(out, catalog, width=100, sort_output=True, no_location=True, omit_header=False)
    dates = re.compile(rb'^"(POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|'
                       rb'Language-Team|Report-Msgid-Bugs-To):.*\n', re.MULTILINE)  # fmt: skip
    head = re.compile(rb"\A(?:#.*\n)+")
    return head.sub(b"# ClinicDesk, Apache-2.0\n#\n", dates.sub(b"", out.getvalue()))


def main(arguments: list[str]) -> int:
    """Run one of the two verbs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("verb", choices=("update", "check"))
    if parser.parse_args(arguments).verb == "update":
        update()
        return 0
    faults = check()
    for fault in faults:
        print(fault)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
