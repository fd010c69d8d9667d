# SPDX-License-Identifier: Apache-2.0
"""What an import did: every line of every file is accounted for, with the reason.

A line is taken or skipped. A line that was taken and something on it was said in our words is
also mapped. Lines with the same outcome and reason stand together, so the report of a hundred
thousand lines is still one that somebody reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from clinicdesk.wording.text import N_, _, ngettext

TAKEN, MAPPED, SKIPPED = "taken", "mapped", "skipped"
ALREADY_HERE = N_("was taken in by an earlier import")
_OUTCOMES = {
    TAKEN: N_("taken"),
    MAPPED: N_("mapped"),
    SKIPPED: N_("skipped"),
}
_KINDS = {
    "payers": N_("Insurers"),
    "organizations": N_("Organizations"),
    "providers": N_("Providers"),
    "patients": N_("Patients"),
    "coverages": N_("Coverages"),
    "visits": N_("Visits"),
    "claims": N_("Claims"),
    "charges": N_("Charges"),
    "payments": N_("Payments"),
    "adjustments": N_("Adjustments"),
    "transfers": N_("Transfers"),
    "slots": N_("Slots"),
    "appointments": N_("Appointments"),
    "supplies": N_("Supplies given"),
    "immunizations": N_("Vaccines given"),
    "fees": N_("Prices"),
    "items": N_("Supplies"),
    "staff": N_("Staff"),
}


@dataclass(slots=True)
class Tally:
    """How many lines of one kind were read and what became of them."""

    read: int = 0
    taken: int = 0
    mapped: int = 0
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """Lines with the same outcome for the same reason.

    Attributes:
        reason: English sentence part, marked for translation, with ``{value}`` filled from value.
    """

    file: str
    kind: str
    outcome: str
    reason: str
    value: str


@dataclass(slots=True)
class ImportReport:
    """The report of one import.

    Attributes:
        source: name of the format.
        dry_run: nothing was written.
        charges_minor: and the others: what this run posted (a dry run: would post).
    """

    source: str
    currency: str
    dry_run: bool
    cancelled: bool = False
    charges_minor: int = 0
    payments_minor: int = 0
    adjustments_minor: int = 0
    transfers_minor: int = 0
    kinds: dict[str, Tally] = field(default_factory=dict)
    groups: defaultdict[Group, list[int]] = field(default_factory=lambda: defaultdict(list))

    def expect(self, *kinds: str) -> None:
        """Name the kinds of lines to come, so that a kind without any is told as well."""
        for kind in kinds:
            self._tally(kind)

    def read(self, kind: str) -> None:
        """Count a line that was read."""
        self._tally(kind).read += 1

    def take(self, file: str, kind: str, line: int) -> None:
        """Account for a line as taken."""
        self._tally(kind).taken += 1
        self.groups[Group(file, kind, TAKEN, "", "")].append(line)

    def map(self, file: str, kind: str, line: int, reason: str, value: str = "") -> None:
        """Say that something on a taken line was put into our words."""
        self._tally(kind).mapped += 1
        self.groups[Group(file, kind, MAPPED, reason, value)].append(line)

    def skip(self, file: str, kind: str, line: int, reason: str, value: str = "") -> None:
        """Account for a line as left out, and why."""
        self._tally(kind).skipped += 1
        self.groups[Group(file, kind, SKIPPED, reason, value)].append(line)

    @property
    def taken(self) -> int:
        """Lines taken, of all kinds."""
        return sum(tally.taken for tally in self.kinds.values())

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data; keys are stable."""
        return {
            "format": self.source,
            "dry_run": self.dry_run,
            "cancelled": self.cancelled,
            "currency": self.currency,
            "charges_minor": self.charges_minor,
            "payments_minor": self.payments_minor,
            "adjustments_minor": self.adjustments_minor,
            "transfers_minor": self.transfers_minor,
            "kinds": {
                kind: {
                    "read": tally.read,
                    "taken": tally.taken,
                    "mapped": tally.mapped,
                    "skipped": tally.skipped,
                }
                for kind, tally in self.kinds.items()
            },
            "lines": [
                {
                    "file": group.file,
                    "kind": group.kind,
                    "outcome": group.outcome,
                    "reason": group.reason.format(value=group.value),
                    "count": len(numbers),
                    "lines": ranges(numbers),
                }
                for group, numbers in self.groups.items()
            ],
        }

    def lines(self) -> Iterator[str]:
        """Yield the report as sentences in the reader's language."""
        if self.cancelled:
            yield _("Cancelled before anything was written.")
            return
        if self.dry_run:
            yield _("Tried only: nothing was written.")
        for kind, tally in self.kinds.items():
            yield _(
                "{kind}: {read} read, {taken} taken, {mapped} mapped, {skipped} skipped"
            ).format(
                kind=_(_KINDS.get(kind, kind)),
                read=tally.read,
                taken=tally.taken,
                mapped=tally.mapped,
                skipped=tally.skipped,
            )
        for group, numbers in self.groups.items():
            if group.outcome == TAKEN:
                continue
            words = ngettext(
                "{file}, {count} line ({lines}) {outcome}: {reason}",
                "{file}, {count} lines ({lines}) {outcome}: {reason}",
                len(numbers),
            )
            yield "  " + words.format(
                file=group.file,
                count=len(numbers),
                lines=_shortened(ranges(numbers)),
                outcome=_(_OUTCOMES[group.outcome]),
                reason=_(group.reason).format(value=group.value),
            )

    def _tally(self, kind: str) -> Tally:
        return self.kinds.setdefault(kind, Tally())


def ranges(numbers: Sequence[int]) -> str:
    """Return line numbers as ``2-40, 55``."""
    parts: list[str] = []
    first = last = -1
    for number in sorted(numbers):
        if number == last + 1 and first >= 0:
            last = number
            continue
        if first >= 0:
            parts.append(str(first) if first == last else f"{first}-{last}")
        first = last = number
    if first >= 0:
        parts.append(str(first) if first == last else f"{first}-{last}")
    return ", ".join(parts)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57].rsplit(",", 1)[0] + ", …"
