# SPDX-License-Identifier: Apache-2.0
"""What a list may hold: its fields, what each needs, and how values are read. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from clinicdesk.wording.text import N_


class Sort(Enum):
    """What the values of a field are."""

    TEXT = "text"
    CODE = "code"  # an identifier: compared, never calculated with
    NAME = "name"
    DAY = "day"
    MONEY = "money"
    WHOLE = "whole"
    HOURS = "hours"
    EMAIL = "email"
    PHONE = "phone"
    GENDER = "gender"
    YES_NO = "yes_no"


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a list.

    Attributes:
        key: stable; stands in kept mappings.
        title: English, marked for translation.
        needed: a line without it is bad.
    """

    key: str
    title: str
    sort: Sort = Sort.TEXT
    needed: bool = False


@dataclass(frozen=True, slots=True)
class ListFormat:
    """One kind of list.

    Attributes:
        id: what the command line says.
        kind: of the report.
        title: English, marked for translation.
        either: of each of these groups one field must be mapped.
    """

    id: str
    kind: str
    title: str
    fields: tuple[Field, ...]
    either: tuple[tuple[str, ...], ...]

    def field(self, key: str) -> Field:
        """Return a field by its key."""
        return next(field for field in self.fields if field.key == key)

    def has(self, key: str) -> bool:
        """Tell whether it has a field."""
        return any(field.key == key for field in self.fields)


PATIENTS: Final = ListFormat(
    "patients",
    "patients",
    N_("Patients"),
    (
        Field("key", N_("Number in the old program"), Sort.CODE),
        Field("chart_number", N_("Chart number to keep"), Sort.CODE),
        Field("family_name", N_("Family name"), Sort.NAME),
        Field("given_name", N_("Given name"), Sort.NAME),
        Field("full_name", N_("Whole name in one"), Sort.NAME),
        Field("middle_name", N_("Middle name"), Sort.NAME),
        Field("prefix", N_("Title")),
        Field("birth_name", N_("Name at birth"), Sort.NAME),
        Field("preferred_name", N_("Called"), Sort.NAME),
        Field("born_on", N_("Date of birth"), Sort.DAY),
        Field("gender", N_("Gender"), Sort.GENDER),
        Field("mobile", N_("Mobile"), Sort.PHONE),
        Field("phone", N_("Phone"), Sort.PHONE),
        Field("email", N_("E-mail"), Sort.EMAIL),
        Field("street", N_("Street")),
        Field("postcode", N_("Postcode"), Sort.CODE),
        Field("city", N_("Town")),
        Field("region", N_("State or region")),
        Field("country", N_("Country")),
        Field("language", N_("Language")),
        Field("insurer", N_("Insurer")),
        Field("member_id", N_("Insurance number"), Sort.CODE),
        Field("allergies", N_("Allergies")),
    ),
    (("family_name", "full_name"),),
)
FEES: Final = ListFormat(
    "fees",
    "fees",
    N_("Prices"),
    (
        Field("code", N_("Code"), Sort.CODE, needed=True),
        Field("description", N_("Description"), needed=True),
        Field("price", N_("Price"), Sort.MONEY, needed=True),
        Field("tax_code", N_("Tax code"), Sort.CODE),
        Field("from_on", N_("Valid from"), Sort.DAY),
    ),
    (("code",), ("description",), ("price",)),
)
STOCK: Final = ListFormat(
    "stock",
    "items",
    N_("Supplies"),
    (
        Field("key", N_("Number in the old program"), Sort.CODE),
        Field("name", N_("Item"), needed=True),
        Field("code", N_("Bar code or article number"), Sort.CODE),
        Field("unit", N_("Smallest unit")),
        Field("pack_unit", N_("Pack")),
        Field("pack_size", N_("Units in a pack"), Sort.WHOLE),
        Field("par_min", N_("Order at"), Sort.WHOLE),
        Field("par_max", N_("Fill up to"), Sort.WHOLE),
        Field("supplier", N_("Supplier")),
        Field("quantity", N_("On hand"), Sort.WHOLE),
        Field("place", N_("Place")),
        Field("lot", N_("Lot"), Sort.CODE),
        Field("expires_on", N_("Use before"), Sort.DAY),
        Field("unit_cost", N_("Cost of a unit"), Sort.MONEY),
    ),
    (("name",),),
)
STAFF: Final = ListFormat(
    "staff",
    "staff",
    N_("Staff"),
    (
        Field("key", N_("Number in the old program"), Sort.CODE),
        Field("name", N_("Name"), Sort.NAME),
        Field("given_name", N_("Given name"), Sort.NAME),
        Field("family_name", N_("Family name"), Sort.NAME),
        Field("initials", N_("Initials")),
        Field("role", N_("Role")),
        Field("is_provider", N_("Sees patients"), Sort.YES_NO),
        Field("registration", N_("Licence number"), Sort.CODE),
        Field("weekly_hours", N_("Hours a week"), Sort.HOURS),
    ),
    (("name", "family_name"),),
)
FORMATS: Final = {one.id: one for one in (PATIENTS, FEES, STOCK, STAFF)}
