# SPDX-License-Identifier: Apache-2.0
"""Moves whole clinics in: maps foreign files onto the departments.

An import reads and checks everything without a lock, then writes in one transaction: all of it or
nothing. What was taken in before is known by its foreign identifier and left alone, so an import
can be repeated. Each line of each file stands in the report.

Glossary:
    source: the foreign system's name in ``external_id``.
    known: taken in by an earlier run.
    mapped: said in our words (a method of payment, a state), by a named table.
    walk: a charge and everything that became of it.

It reads no file itself (``exchange`` does) and writes no table itself (the departments do), but
for the foreign identifiers.
"""

from clinicdesk.moving.book import import_appointments
from clinicdesk.moving.report import ImportReport
from clinicdesk.moving.rights import MAY_IMPORT, PERMISSIONS
from clinicdesk.moving.synthea import import_synthea

__all__ = [
    "MAY_IMPORT",
    "PERMISSIONS",
    "ImportReport",
    "import_appointments",
    "import_synthea",
]
