# SPDX-License-Identifier: Apache-2.0
"""Translations: gettext over ``translations/<language>/LC_MESSAGES/clinicdesk.po``.

The ``.po`` files are what is kept and shipped; they are compiled in memory when a language is
first used, so a translator sees a change by starting the program and no stale binary can lie
beside a newer text. The language of the window is chosen once, by ``use``, before the first
widget; papers, which follow the clinic's language, ask ``catalogue`` for theirs.
"""

from __future__ import annotations

import gettext as standard_gettext
import threading
from functools import cache
from io import BytesIO

from clinicdesk.kernel.places import translations

SOURCE_LANGUAGE = "en"
_OWN_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


class Term(str):
    """A marked word standing as a field inside a sentence; ``Formats.say`` translates it too.

    A plain ``str`` in a field is somebody's name or text and is never translated.
    """

    __slots__ = ()


@cache
def catalogue(language: str) -> standard_gettext.NullTranslations:
    """Return the translations of a language, or of its parent, or English as written."""
    for name in (language.replace("-", "_"), language.replace("-", "_").split("_")[0]):
        source = translations().joinpath(name, "LC_MESSAGES", "clinicdesk.po")
        if source.is_file():
            return _compiled(source.read_bytes())
    return standard_gettext.NullTranslations()


def languages() -> tuple[str, ...]:
    """Return the languages there are texts for, English first, without the test languages."""
    folder = translations()
    found = sorted(
        entry.name
        for entry in (folder.iterdir() if folder.is_dir() else ())
        if entry.joinpath("LC_MESSAGES", "clinicdesk.po").is_file() and "_X" not in entry.name
    )
    return (SOURCE_LANGUAGE, *found)


def own_name(tag: str) -> str:
    """Return what a language is called by those who speak it."""
    return _OWN_NAMES.get(tag, tag)


def use(language: str) -> None:
    """Choose the language of the window for the rest of this run."""
    _State.language = language.replace("-", "_")
    _State.texts = catalogue(_State.language)


def language() -> str:
    """Return the language in use."""
    return _State.language


def is_right_to_left(tag: str) -> bool:
    """Tell whether a language is written from right to left."""
    return tag.replace("-", "_").split("_")[0] in _RIGHT_TO_LEFT


def _(message: str) -> str:
    """Translate a text."""
    return _State.texts.gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 -- the name every gettext tool looks for
    """Mark a text for translation where it is declared; it is translated where it is shown."""
    return message


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a text that depends on a count."""
    return _State.texts.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Translate a text whose meaning depends on where it stands."""
    return _State.texts.pgettext(context, message)


class _State:
    language = SOURCE_LANGUAGE
    texts: standard_gettext.NullTranslations = standard_gettext.NullTranslations()


_compiling = threading.Lock()


def _compiled(source: bytes) -> standard_gettext.GNUTranslations:
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with _compiling:
        machine = BytesIO()
        write_mo(machine, read_po(BytesIO(source)))
        machine.seek(0)
        return standard_gettext.GNUTranslations(machine)
