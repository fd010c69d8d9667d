# SPDX-License-Identifier: Apache-2.0
"""Country packs agree with themselves and with what our libraries know of each country."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

import holidays
import pytest
from babel import Locale
from babel.numbers import list_currencies

from clinicdesk.kernel.countries import CODES, CountryPack, country_pack
from clinicdesk.kernel.moments import ClinicZone
from clinicdesk.kernel.money import Currency
from clinicdesk.kernel.places import resource
from clinicdesk.wording.formats import Formats

PACKS = [country_pack(code) for code in CODES]


@pytest.fixture(params=PACKS, ids=CODES)
def pack(request: pytest.FixtureRequest) -> CountryPack:
    made = request.param
    assert isinstance(made, CountryPack)
    return made


def test_every_pack_there_is_is_offered() -> None:
    there = {one.name for one in resource("countries").iterdir() if one.name.endswith(".toml")}
    assert there == {f"{code.lower()}.toml" for code in CODES}
    assert [pack.code for pack in PACKS] == list(CODES)


def test_a_country_without_a_pack_is_refused() -> None:
    with pytest.raises(KeyError):
        country_pack("../XX")


def test_its_currency_is_known(pack: CountryPack) -> None:
    assert pack.currency in list_currencies()
    assert Currency.of(pack.currency).decimals == (0 if pack.code == "JP" else 2)


def test_its_zones_are_valid(pack: CountryPack) -> None:
    assert pack.zones
    assert set(pack.zones) <= available_timezones()


def test_the_holidays_library_knows_the_country_and_its_regions(pack: CountryPack) -> None:
    known = holidays.list_supported_countries()
    assert pack.code in known
    for region, _name in pack.regions:
        assert region in known[pack.code]
        assert holidays.country_holidays(pack.code, subdiv=region, years=2026)


def test_its_dates_and_weeks_are_written_as_the_window_writes_them(pack: CountryPack) -> None:
    formats = Formats("en", pack.code, Currency.of(pack.currency), ClinicZone(pack.zones[0]))
    assert formats.first_weekday == pack.first_weekday
    pattern = Locale.parse(f"{pack.language}_{pack.code}").date_formats["short"].pattern
    letters = {"day": "d", "month": "M", "year": "y"}
    assert sorted(pack.date_order) == ["day", "month", "year"]
    places = [pattern.index(letters[part]) for part in pack.date_order]
    assert places == sorted(places)


def test_its_paper_is_one_of_two(pack: CountryPack) -> None:
    assert pack.paper == ("letter" if pack.code in {"US", "MX"} else "a4")


def test_its_tax_lines_are_whole(pack: CountryPack) -> None:
    codes = [line.code for line in pack.taxes]
    assert codes
    assert len(set(codes)) == len(codes)
    for line in pack.taxes:
        assert line.name
        assert line.kind in {"standard", "reduced", "zero", "exempt", "out_of_scope"}
        assert (line.rate_ppm > 0) == (line.kind in {"standard", "reduced"})
        assert line.rate_ppm < 1_000_000


def test_its_identifiers_fit_their_own_examples(pack: CountryPack) -> None:
    assert sum(one.tax for one in pack.identifiers) == 1
    tax = pack.tax_number
    assert tax is not None
    assert tax.of == "clinic"
    assert any(one.of == "patient" for one in pack.identifiers)
    for one in pack.identifiers:
        assert one.of in {"clinic", "provider", "patient"}
        assert re.fullmatch(one.pattern, one.example), one.key
