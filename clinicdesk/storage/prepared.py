# SPDX-License-Identifier: Apache-2.0
"""Statements that a screen waits for: compiled once, then handed to the driver as they are.

Compiling, binding and wrapping rows costs SQLAlchemy three times what SQLite takes to find a
day's cards. A prepared statement is still told in Core, so it runs on PostgreSQL too, the long
way round.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.dml import ReturningInsert
from sqlcipher3 import dbapi2

from clinicdesk.storage.engine import trouble_of
from clinicdesk.storage.records import Reading


class Prepared:
    """A statement whose rows come as plain tuples, their columns as the file keeps them.

    Days are ISO text, wall times too, instants whole microseconds, flags 0 or 1: select with
    ``sa.type_coerce`` where a column has a type of ``storage.schema``, so that the long way round
    gives the same. Parameters are bound by their types as anywhere; lists cannot be.
    An INSERT may be prepared too, for what it returns.
    """

    def __init__(self, statement: sa.Select[Any] | ReturningInsert[Any]) -> None:
        self.statement = statement
        self._told: tuple[str, tuple[tuple[str, Any, Any], ...]] | None = None

    def rows(self, reading: Reading, **parameters: Any) -> list[Any]:
        """Return every row of a snapshot, in order."""
        connection = reading.connection
        if connection.dialect.name != "sqlite":
            return [tuple(row) for row in reading.execute(self.statement, parameters).fetchall()]
        if self._told is None:
            self._told = _compiled(self.statement, connection.dialect)
        text, places = self._told
        values = [
            parameters.get(name, default) if bind is None else bind(parameters.get(name, default))
            for name, default, bind in places
        ]
        driver: Any = connection.connection.driver_connection
        try:
            found: list[Any] = driver.execute(text, values).fetchall()
        except dbapi2.Error as error:
            trouble = trouble_of(error)
            if trouble is None:
                raise
            raise trouble from error
        return found


def _compiled(
    statement: sa.Select[Any] | ReturningInsert[Any], dialect: sa.Dialect
) -> tuple[str, tuple[tuple[str, Any, Any], ...]]:
    """Return the text, and of each place its parameter's name, default and how it is bound."""
    compiled: Any = statement.compile(dialect=dialect)
    places = tuple(
        (
            name,
            compiled.params[name],
            compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect),
        )
        for name in compiled.positiontup
    )
    return str(compiled), places
