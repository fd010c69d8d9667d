# SPDX-License-Identifier: Apache-2.0
"""Whether somebody else wrote to the clinic: the command line beside the window, another station.

Told by the trail, in which every act names its sitting. Our own acts do not count, and neither
do our own looks at patients' data, which are entries too: counted, they would make a window ask
again what it asked a moment ago, for ever.
"""

from __future__ import annotations

import sqlalchemy as sa

from clinicdesk.kernel.actors import Actor
from clinicdesk.storage.records import Records
from clinicdesk.storage.tables import audit


class OthersActs:
    """Called now and then, gives a number that is another one once somebody else acted."""

    def __init__(self, records: Records, actor: Actor) -> None:
        self._records, self._sitting = records, actor.sitting
        self._looked_at: int | None = None
        self._theirs = 0

    def __call__(self) -> int:
        """Look at what was added since the last call."""
        newest = sa.func.max(audit.c.seq)
        with self._records.read() as reading:
            if self._looked_at is None:
                self._looked_at = reading.execute(sa.select(newest)).scalar() or 0
                return self._theirs
            theirs = sa.case((audit.c.sitting != self._sitting, audit.c.seq), else_=0)
            row = reading.execute(
                sa.select(newest.label("newest"), sa.func.max(theirs).label("theirs")).where(
                    audit.c.seq > self._looked_at
                )
            ).one()
        if row.newest is not None:
            self._looked_at = row.newest
            self._theirs = max(self._theirs, row.theirs)
        return self._theirs
