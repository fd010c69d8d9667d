# SPDX-License-Identifier: Apache-2.0
"""Formats: how amounts, dates, times and numbers are written and read in one place.

One object per (language, country): the window has one, each paper may have another. Babel's own
parsers are too trusting (``1,5`` typed in the USA became 15), so reading what people type is our
own, strict and tested against Babel's writing; see ``reading_money`` and ``reading_days``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property, lru_cache
from typing import Any, Literal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_interval, format_skeleton, format_time, format_timedelta
from babel.numbers import NumberPattern, format_decimal, format_percent, parse_pattern

from clinicdesk.kernel.columns import Column, Kind, Row
from clinicdesk.kernel.moments import ClinicZone, Month
from clinicdesk.kernel.money import Currency, Money
from clinicdesk.kernel.refusals import Refusal, Trouble
from clinicdesk.wording import text as wording_text
from clinicdesk.wording.formats.reading_days import DayReader
from clinicdesk.wording.formats.reading_money import Signs, read_amount, read_number

MINUS = "\u2212"
ISOLATED, END_ISOLATED = "\u2068", "\u2069"
WallTime = time  # the class below has a method of the shorter name
DayStyle = Literal["short", "medium", "long", "weekday", "month", "day_month"]
_SKELETONS = {"weekday": "MMMEd", "month": "yMMMM", "day_month": "MMMd"}
_KEPT = 4096  # written amounts, and days: papers and tables write the same ones again and again
# Fields of refusals raised by the kernel, which cannot mark them as Term itself.
_TERM_FIELDS = frozenset({"right", "role"})


class Formats:
    """Writes and reads values for one reader.

    Attributes:
        language: of the words, e.g. ``de`` or the pseudo-language ``en_XA``.
        territory: ISO 3166 country; decides date order and first weekday.
        currency: the clinic's.
        zone: the clinic's.
        locale: Babel's locale found for the two.
        right_to_left: reading direction of the words.
    """

    def __init__(self, language: str, territory: str, currency: Currency, zone: ClinicZone) -> None:
        self.language = language.replace("-", "_")
        self.territory = territory
        self.currency = currency
        self.zone = zone
        self.locale = _locale(self.language, territory)
        self.right_to_left = wording_text.is_right_to_left(self.language)
        self._texts = wording_text.catalogue(self.language)
        self._with_symbol = _with_decimals(
            self.locale.currency_formats["standard"], currency.decimals
        )
        self._plain = _with_decimals(self.locale.decimal_formats[None], currency.decimals)
        self._known_money = lru_cache(_KEPT)(self._money)
        self._known_amounts = lru_cache(_KEPT)(self._amount)
        self._known_days = lru_cache(_KEPT)(self._day)

    # ── words ────────────────────────────────────────────────────────────────────────────────

    def word(self, message: str) -> str:
        """Translate a marked text into this reader's language."""
        return self._texts.gettext(message) if message else ""

    def say(self, wording: str, fields: Mapping[str, object] | None = None) -> str:
        """Translate a sentence and fill its ``{places}``, each value written by its type.

        Integers whose field ends in ``_minor`` are amounts of the clinic's currency.
        """
        sentence = self.word(wording)
        if not fields:
            return sentence
        return sentence.format_map(self._written(fields))

    def count(self, singular: str, plural: str, number: int, **fields: object) -> str:
        """Say a sentence that depends on a count; the count itself is the field ``n``."""
        sentence = self._texts.ngettext(singular, plural, number)
        return sentence.format_map(self._written({"n": number, **fields}))

    def refusal(self, refusal: Refusal) -> str:
        """Say why something was refused."""
        return self.say(refusal.wording, refusal.fields)

    def trouble(self, trouble: Trouble) -> str:
        """Say what failed, what is safe and what to do, as one paragraph."""
        parts = (trouble.what, trouble.safe, trouble.do)
        return " ".join(self.say(part, trouble.fields) for part in parts if part)

    # ── amounts and numbers ──────────────────────────────────────────────────────────────────

    def money(self, minor: int) -> str:
        """Write an amount with its currency sign, ``−£1,234.50``."""
        return self._known_money(minor)

    def amount(self, minor: int) -> str:
        """Write an amount without currency sign, for columns that name it once."""
        return self._known_amounts(minor)

    def amount_to_edit(self, minor: int) -> str:
        """Write an amount as it is typed: no grouping, plain minus; ``parse_money`` reads it."""
        written = self._plain.apply(
            self._major(minor), self.locale, group_separator=False, numbering_system="latn"
        )
        return "".join(c for c in written if not _is_mark(c)).replace(MINUS, "-")

    def parse_money(self, text: str) -> int:
        """Read an amount into minor units: ``12.5``, ``1 234,50 €``, ``=12.5*3``, ``(20)``.

        Raises:
            Refusal: it is no amount, ambiguous, or finer than the currency.
        """
        return read_amount(text, self.currency, self._signs)

    def number(self, value: int | Decimal, decimals: int = 0) -> str:
        """Write a number with grouping."""
        written = format_decimal(
            value,
            format=_decimal_pattern(self.locale, decimals),
            locale=self.locale,
            numbering_system="latn",
        )
        return _true_minus(written) if value < 0 else written

    def parse_number(self, text: str) -> Decimal:
        """Read a number; refuse what is none."""
        return read_number(text, self._signs)

    def percent(self, share: Decimal, decimals: int = 1) -> str:
        """Write a share, 1 = 100 %."""
        pattern = _with_decimals(self.locale.percent_formats[None], decimals)
        written = format_percent(share, format=pattern, locale=self.locale, numbering_system="latn")
        return _true_minus(written) if share < 0 else written

    # ── days and times ───────────────────────────────────────────────────────────────────────

    def day(self, day: date, style: DayStyle = "medium") -> str:
        """Write a date; ``short`` is all digits with the full year, ``long`` has the weekday."""
        return self._known_days(day, style)

    def days(self, first: date, last: date, *, brief: bool = False) -> str:
        """Write a run of days, ``23–29 Nov 2026``; briefly without the year."""
        return str(format_interval(first, last, "MMMd" if brief else "yMMMd", locale=self.locale))

    @cached_property
    def currency_sign(self) -> str:
        """The clinic's currency as a single character; nothing if it has none."""
        sign = _english_symbol(self.currency.code)
        return sign if len(sign) == 1 else ""

    def month(self, month: Month) -> str:
        """Write a month with its year."""
        return self.day(month.first, "month")

    def time(self, wall: datetime | time) -> str:
        """Write a naive wall time, hours and minutes."""
        naive = wall.time() if isinstance(wall, datetime) else wall
        return format_time(naive.replace(tzinfo=None, fold=0), "short", locale=self.locale)

    def moment(self, wall: datetime) -> str:
        """Write a naive wall time with its day."""
        return f"{self.day(wall.date())} {self.time(wall)}"

    def instant(self, instant: datetime) -> str:
        """Write an aware instant in the clinic's zone."""
        return self.moment(self.zone.wall(instant))

    def minutes(self, minutes: int) -> str:
        """Write a length of time: ``45 min``, ``1 h 05 min``."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.say(wording_text.N_("{n} min"), {"n": rest})
        if not rest:
            return self.say(wording_text.N_("{h} h"), {"h": hours})
        return self.say(wording_text.N_("{h} h {m} min"), {"h": hours, "m": f"{rest:02}"})

    def parse_day(self, text: str, today: date, *, past: bool = False) -> date:
        """Read a day: ``t``, ``+3``, ``-2``, ``+2w``, ``12``, ``12/3``, ISO, or locale order.

        Args:
            text: what was typed.
            today: what relative days count from, and the default month and year.
            past: two-digit years lie in the past, as birth dates do.

        Raises:
            Refusal: it is no day.
        """
        return self._days.read(text, today, past=past)

    def parse_time(self, text: str) -> WallTime:
        """Read a wall time: ``9``, ``930``, ``9:30``, ``9.30``, ``9pm``; refuse what is none."""
        return self._days.read_time(text)

    @cached_property
    def day_example(self) -> str:
        """How a date is typed, as a hint in an empty field: ``dd/mm/yyyy``, ``TT.MM.JJJJ``."""
        spans = (timedelta(1), timedelta(30), timedelta(365))
        written = (format_timedelta(one, threshold=1, locale=self.locale) for one in spans)
        letters = dict(zip("dmy", (name.lstrip("1 \xa0")[:1] for name in written), strict=True))
        pattern = self._short_pattern.lower()
        if not all(letter.isascii() and letter.isalpha() for letter in letters.values()):
            return pattern  # letters repeated are a hint in Latin script only
        return "".join(letters.get(sign, sign) for sign in pattern)

    @cached_property
    def first_weekday(self) -> int:
        """The day a week begins with, 0 = Monday."""
        spoken = get_global("territory_languages").get(self.territory, {})
        for tag in sorted(spoken, key=lambda t: -float(spoken[t]["population_percent"])):
            try:  # Babel keeps week data with a locale of the country, whatever its language
                return Locale(tag.split("_")[0], territory=self.territory).first_week_day
            except UnknownLocaleError:
                continue
        return self.locale.first_week_day

    @cached_property
    def day_order(self) -> str:
        """The order of day, month and year in numbers, e.g. ``dmy``."""
        return self._days.order

    def weekday(self, index: int, width: Literal["narrow", "abbreviated", "wide"] = "wide") -> str:
        """Return the name of a weekday, 0 = Monday."""
        return str(self.locale.days["stand-alone"][width][index])

    # ── table cells ──────────────────────────────────────────────────────────────────────────

    def cell(self, column: Column[Row], row: Row) -> str:
        """Write a table cell."""
        return self.value(column.kind, column.value(row))

    def value(self, kind: Kind, value: Any) -> str:
        """Write a value by its kind; nothing for None."""
        if value is None:
            return ""
        match kind:
            case Kind.MONEY:
                return self.amount(value)
            case Kind.NUMBER:
                return self.number(value, 0 if value == int(value) else 1)
            case Kind.PERCENT:
                return self.percent(value)
            case Kind.DAY:
                return self.day(value)
            case Kind.INSTANT:
                return self.instant(value)
            case Kind.WALL:
                return self.moment(value)
            case Kind.TIME:
                return self.time(value)
            case _ if isinstance(value, Month):
                return self.month(value)
            case _:
                return self.word(value) if isinstance(value, wording_text.Term) else str(value)

    # ── behind the counter ───────────────────────────────────────────────────────────────────

    def _money(self, minor: int) -> str:
        written = self._with_symbol.apply(
            self._major(minor),
            self.locale,
            currency=self.currency.code,
            currency_digits=False,
            numbering_system="latn",
        )
        return _true_minus(written) if minor < 0 else written

    def _amount(self, minor: int) -> str:
        written = self._plain.apply(self._major(minor), self.locale, numbering_system="latn")
        return _true_minus(written) if minor < 0 else written

    def _day(self, day: date, style: DayStyle) -> str:
        if style == "short":
            return format_date(day, self._short_pattern, self.locale)
        if style in _SKELETONS:
            return format_skeleton(_SKELETONS[style], day, locale=self.locale)
        return format_date(day, "full" if style == "long" else "medium", self.locale)

    def _major(self, minor: int) -> Decimal:
        return Decimal(minor).scaleb(-self.currency.decimals)

    def _written(self, fields: Mapping[str, object]) -> _Fields:
        """Write each field; in right-to-left text it keeps a direction of its own."""
        written = {name: self._field(name, value) for name, value in fields.items()}
        if self.right_to_left:
            written = {name: f"{ISOLATED}{text}{END_ISOLATED}" for name, text in written.items()}
        return _Fields(written)

    def _field(self, name: str, value: object) -> str:  # noqa: C901, PLR0912 -- one case per type
        match value:
            case wording_text.Term():
                return self.word(value)
            case str():
                return self.word(value) if name in _TERM_FIELDS else value
            case bool() | None:
                return str(value)
            case int() if name.endswith("_minor"):
                return self.money(value)
            case int() | Decimal():
                return self.number(value)
            case Money():
                return self.money(value.minor)
            case datetime():
                return self.moment(value) if value.tzinfo is None else self.instant(value)
            case date():
                return self.day(value)
            case time():
                return self.time(value)
            case Month():
                return self.month(value)
            case timedelta():
                return self.minutes(int(value.total_seconds()) // 60)
            case list() | tuple() | frozenset():
                return ", ".join(self._field(name, one) for one in value)
            case _:
                return str(value)

    @cached_property
    def _short_pattern(self) -> str:
        pattern = str(self.locale.date_formats["short"].pattern)
        bare = "".join(c for c in pattern if not _is_mark(c))
        return bare if "yyyy" in bare else bare.replace("yy", "y").replace("y", "yyyy")

    @cached_property
    def _days(self) -> DayReader:
        return DayReader(self.locale, self._short_pattern, self.day, self._texts.gettext)

    @cached_property
    def _signs(self) -> Signs:
        symbols = self.locale.number_symbols["latn"]
        return Signs(
            decimal=symbols["decimal"],
            group=symbols["group"],
            grouping=self.locale.decimal_formats[None].grouping,
            currency=frozenset(
                {
                    self.currency.code,
                    self.locale.currency_symbols.get(self.currency.code, self.currency.code),
                    _english_symbol(self.currency.code),
                }
            ),
            example=self.amount(1_234_50 if self.currency.decimals == 2 else 12_345),
        )


class _Fields(dict[str, str]):
    """Leaves a place that nobody filled as it stands, instead of failing on a translation."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _locale(language: str, territory: str) -> Locale:
    """Return the nearest locale Babel knows; pseudo-languages are English underneath."""
    own, _, region = language.partition("_")
    if region in {"XA", "XB"}:
        own, region = "en", ""
    for candidate in ((own, territory), (own, region), (own, "001" if own == "en" else None)):
        if candidate[1] == "":
            continue
        try:
            return Locale(candidate[0], territory=candidate[1])
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en", territory="001")


def _with_decimals(pattern: NumberPattern, decimals: int) -> NumberPattern:
    copy = parse_pattern(pattern.pattern)
    copy.frac_prec = (decimals, decimals)
    return copy


def _decimal_pattern(locale: Locale, decimals: int) -> NumberPattern:
    return _with_decimals(locale.decimal_formats[None], decimals)


def _true_minus(written: str) -> str:
    return written.replace("-", MINUS)


def _is_mark(character: str) -> bool:
    return character in "\u200e\u200f\u061c"


def _english_symbol(code: str) -> str:
    return str(Locale("en").currency_symbols.get(code, code))
