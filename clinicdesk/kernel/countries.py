# SPDX-License-Identifier: Apache-2.0
"""Country packs: what a new clinic is given for its country, as data in ``resources/countries``.

A pack proposes; the clinic may change everything but currency, zone and country, which are fixed
after the first posting. Tax lines are a start and no advice: rates and texts are the clinic's own
once they are written into its file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Final

from clinicdesk.kernel.places import resource

CODES: Final = ("US", "GB", "DE", "NL", "FR", "ES", "AU", "SG", "JP", "IN", "MX", "BR")


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A tax code a clinic of the country begins with.

    Attributes:
        kind: standard, reduced, zero, exempt or out_of_scope.
        rate_ppm: parts per million: 190000 is 19 %.
        wording: printed on papers, in the country's language.
    """

    code: str
    name: str
    kind: str
    rate_ppm: int
    wording: str


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number that somebody has in the country.

    Attributes:
        of: ``clinic``, ``provider`` or ``patient``.
        label: as it is called there.
        pattern: a regular expression that the whole number fits.
        tax: the one that stands on papers as the clinic's tax number.
    """

    key: str
    of: str
    label: str
    pattern: str
    example: str
    tax: bool = False


@dataclass(frozen=True, slots=True)
class CountryPack:
    """A country.

    Attributes:
        code: ISO 3166 alpha-2.
        currency: ISO 4217.
        zones: IANA names, the one of most people first.
        language: of the clinic's papers, BCP 47.
        date_order: ``day``, ``month`` and ``year`` as they are written there.
        first_weekday: 0 is Monday.
        paper: ``a4`` or ``letter``.
        taxes: codes the clinic begins with, the usual one first.
        identifiers: of the clinic, its providers and patients.
        regions: (code, name) where public holidays differ by region.
    """

    code: str
    currency: str
    zones: tuple[str, ...]
    language: str
    date_order: tuple[str, ...]
    first_weekday: int
    paper: str
    taxes: tuple[TaxLine, ...]
    identifiers: tuple[Identifier, ...]
    regions: tuple[tuple[str, str], ...] = ()

    @property
    def tax_number(self) -> Identifier | None:
        """The number that stands on the clinic's papers."""
        return next((one for one in self.identifiers if one.tax), None)


@cache
def country_pack(code: str) -> CountryPack:
    """Return a country's pack; raise ``KeyError`` if there is none."""
    if code not in CODES:
        raise KeyError(code)
    text = resource(f"countries/{code.lower()}.toml").read_text(encoding="utf-8")
    kept = tomllib.loads(text)
    return CountryPack(
        code=kept["code"],
        currency=kept["currency"],
        zones=tuple(kept["zones"]),
        language=kept["language"],
        date_order=tuple(kept["date_order"].split()),
        first_weekday=kept["first_weekday"],
        paper=kept["paper"],
        taxes=tuple(TaxLine(**one) for one in kept.get("tax", ())),
        identifiers=tuple(Identifier(**one) for one in kept.get("identifier", ())),
        regions=tuple((one[0], one[1]) for one in kept.get("regions", ())),
    )
