# SPDX-License-Identifier: Apache-2.0
"""The catalogues hold what the program says, and the two test languages prove the road.

After adding a text: ``python installer/translations.py update``, then translate it.
"""

from __future__ import annotations

import ast
import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Catalog

from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.refusals import StaleCopy
from clinicdesk.wording import text
from clinicdesk.wording.formats import Formats

ROOT = Path(__file__).resolve().parents[2]


def _tool() -> ModuleType:
    path = ROOT / "installer" / "translations.py"
    described = importlib.util.spec_from_file_location("translations_tool", path)
    assert described is not None
    assert described.loader is not None
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


TOOL = _tool()


@pytest.fixture(scope="module")
def template() -> Catalog:
    """Give every text of the program."""
    collected: Catalog = TOOL.collect()
    return collected


def test_every_catalogue_is_current_and_german_is_complete() -> None:
    assert TOOL.check() == [], "run: python installer/translations.py update"


def test_the_longer_language_is_forty_percent_longer_with_every_place_kept(
    template: Catalog,
) -> None:
    texts = [m.id for m in template if isinstance(m.id, str) and m.id]
    made = [TOOL.longer(one) for one in texts]
    assert sum(map(len, made)) >= 1.4 * sum(map(len, texts))
    places = re.compile(r"\{[^{}]*\}")
    assert all(
        places.findall(one) == places.findall(other) for one, other in zip(texts, made, strict=True)
    )


def test_the_mirrored_language_turns_words_and_leaves_places() -> None:
    said = TOOL.mirrored("Paid by {name}")
    assert "{name}" in said
    assert said.count("\u202e") == said.count("\u202c") == 2
    assert text.is_right_to_left("ar_XB")


@pytest.mark.parametrize("language", ["de", "en_XA", "ar_XB"])
def test_a_refusal_of_the_kernel_is_said_in_the_readers_language(language: str) -> None:
    formats = Formats(language, "DE", Currency.of("EUR"), ClinicZone("Europe/Berlin"))
    assert formats.refusal(StaleCopy()) != StaleCopy.wording


def test_users_are_offered_real_languages_only() -> None:
    assert text.languages() == ("en", "de")


def test_a_regional_language_finds_its_parent_and_an_unknown_one_is_english() -> None:
    assert text.catalogue("de_AT").gettext("Total") == "Summe"
    assert text.catalogue("xx").gettext("Total") == "Total"


def test_the_windows_language_is_chosen_once_for_all_texts() -> None:
    try:
        text.use("de")
        assert text._("Total") == "Summe"
        assert text.ngettext("{n} row", "{n} rows", 2) == "{n} Zeilen"
        assert text.language() == "de"
    finally:
        text.use("en")
    assert text._("Total") == "Total"


def test_top_menus_have_mnemonics_of_their_own_in_german() -> None:
    from clinicdesk.desktop.actions import MENUS

    german = text.catalogue("de")
    letters = [german.gettext(title).partition("&")[2][:1].casefold() for _key, title in MENUS]
    assert all(letters)
    assert len(set(letters)) == len(letters)


def test_entries_of_a_menu_have_mnemonics_of_their_own_in_german() -> None:
    german = text.catalogue("de")
    taken: dict[tuple[str, str], str] = {}
    for menu, caption in _menu_entries():
        said = german.gettext(caption)
        letter = said.replace("&&", "").partition("&")[2][:1].casefold()
        if letter:
            other = taken.setdefault((menu, letter), said)
            assert other == said, f"{menu}: {other!r} and {said!r}"


def _menu_entries() -> Iterator[tuple[str, str]]:
    """Find each ``ActionSpec(id, N_(caption), menu, ...)`` of the program."""
    for path in sorted((ROOT / "clinicdesk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="ActionSpec"),
                    args=[
                        _,
                        ast.Call(args=[ast.Constant(value=str(caption))]),
                        ast.Constant(value=str(menu)),
                        *_,
                    ],
                ):
                    yield menu, caption
