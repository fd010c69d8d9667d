# SPDX-License-Identifier: Apache-2.0
"""Mappings kept in the clinic's file, one for each kind of list that came before."""

from __future__ import annotations

import json
from typing import Final

import sqlalchemy as sa

from clinicdesk.kernel.refusals import Refusal
from clinicdesk.moving.lists.fields import ListFormat
from clinicdesk.moving.lists.mapping import ListMapping, mapping_of
from clinicdesk.storage.records import Reading, UnitOfWork
from clinicdesk.storage.tables import setting

_KEY: Final = "moving.mapping"


def kept_mapping(reading: Reading, form: ListFormat, print_of: str) -> ListMapping | None:
    """Return the mapping that was used for lists with the same heads, if any."""
    kept = reading.execute(
        sa.select(setting.c.value).where(setting.c.key == _key(form, print_of))
    ).scalar()
    if kept is None:
        return None
    try:
        return mapping_of(kept, form, "")
    except Refusal:  # of an older program with other fields: the guess serves
        return None


def keep_mapping(work: UnitOfWork, form: ListFormat, print_of: str, mapping: ListMapping) -> None:
    """Keep a mapping for the next list with the same heads."""
    key, value = _key(form, print_of), json.dumps(mapping.as_dict(), ensure_ascii=False)
    done = work.execute(
        sa.update(setting)
        .where(setting.c.key == key)
        .values(value=value, version=setting.c.version + 1)
    )
    if done.rowcount == 0:
        work.execute(setting.insert().values(key=key, value=value))


def source_of(form: ListFormat, print_of: str) -> str:
    """Return the name of a list's origin in ``external_id``."""
    return f"list.{form.id}.{print_of}"


def _key(form: ListFormat, print_of: str) -> str:
    return f"{_KEY}.{form.id}.{print_of}"
