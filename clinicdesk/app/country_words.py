# SPDX-License-Identifier: Apache-2.0
"""Words of a country pack on the screen.

Most are proper names there ("Steuernummer", "SIRET", "USt 19 %") and stay; a pack in English also
describes, and that is said in the reader's language.
"""

from __future__ import annotations

from typing import Final

from clinicdesk.wording.text import N_, _

_DESCRIBING: Final = frozenset(
    {N_("Not taxed"), N_("Exempt from VAT"), N_("Exempt from GST"), N_("No GST"), N_("VAT number")}
)


def country_word(word: str) -> str:
    """Return what a pack calls something, as the reader of the window reads it."""
    return _(word) if word in _DESCRIBING else word
