# SPDX-License-Identifier: Apache-2.0
"""The shared MetaData and the column types of every room's tables.

Tables are STRICT on SQLite, so every type maps to INTEGER, TEXT or BLOB there. Foreign keys
across rooms are strings; no room imports another's tables to point at them.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MinorUnits = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Count = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UtcMinute = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Text = sa.Text()
Digest = sa.LargeBinary()

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Day(sa.types.TypeDecorator[date]):
    """A date, kept as ISO text: sorts as it reads."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Any) -> str | None:
        """Write a date."""
        if isinstance(value, datetime):
            raise TypeError("a day is a date, not an instant")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Any) -> date | None:
        """Read a date."""
        return None if value is None else date.fromisoformat(value)


class WallTime(sa.types.TypeDecorator[datetime]):
    """A naive wall time to the minute, kept as ``YYYY-MM-DDTHH:MM``."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> str | None:
        """Write a wall time; an aware one is a bug."""
        if value is not None and value.tzinfo is not None:
            raise TypeError("a wall time is naive")
        return None if value is None else value.isoformat(timespec="minutes")

    def process_result_value(self, value: str | None, dialect: Any) -> datetime | None:
        """Read a wall time."""
        return None if value is None else datetime.fromisoformat(value)


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole microseconds since 1970."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Use INTEGER on SQLite: STRICT tables know no BIGINT."""
        return dialect.type_descriptor(
            sa.Integer() if dialect.name == "sqlite" else sa.BigInteger()
        )

    def process_bind_param(self, value: datetime | None, dialect: Any) -> int | None:
        """Write an instant; a naive one is a bug."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("an instant is aware")
        return (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: int | None, dialect: Any) -> datetime | None:
        """Read an instant."""
        return None if value is None else _EPOCH + value * _MICROSECOND


class Flag(sa.types.TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Any) -> Any:
        """Use INTEGER on SQLite: STRICT tables know no BIGINT."""
        return dialect.type_descriptor(
            sa.Integer() if dialect.name == "sqlite" else sa.BigInteger()
        )

    def process_bind_param(self, value: bool | None, dialect: Any) -> int | None:  # noqa: FBT001 -- SQLAlchemy's signature
        """Write a flag."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Any) -> bool | None:
        """Read a flag."""
        return None if value is None else bool(value)


def table(name: str, *items: sa.schema.SchemaItem) -> sa.Table:
    """Declare a table: STRICT on SQLite, its ids never used twice."""
    has_id = any(isinstance(item, sa.Column) and item.name == "id" for item in items)
    return sa.Table(name, metadata, *items, sqlite_strict=True, sqlite_autoincrement=has_id)


def id_column() -> sa.Column[int]:
    """The primary key of a record: an integer that is never used twice."""
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


def version_column() -> sa.Column[int]:
    """The optimistic lock: 1 at first, one more at each edit."""
    return sa.Column("version", Count, nullable=False, server_default="1")


def ref(name: str, target: str, **options: Any) -> sa.Column[int]:
    """A column that points at another table's id; NOT NULL unless ``nullable=True``."""
    options.setdefault("nullable", False)
    return sa.Column(name, Id, sa.ForeignKey(f"{target}.id"), **options)
