# SPDX-License-Identifier: Apache-2.0
"""Puts a restored clinic in another's place, so that a cut-off never leaves a blend of the two.

Several files change their names, which no file system does at once. So the whole plan is
written down first; from then on the next opening (or the next restore) carries it out to the
end, from wherever it was cut off. Each line of the plan can be done twice without harm.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from clinicdesk.storage.clinic_file.troubles import ClinicDamaged, disk_troubles
from clinicdesk.storage.files import SIDECARS, beside, replace_bytes, sync_folder

PLAN = ".moving"
NEW = ".restoring"
_MOVED_IN = ("", ".keys", ".keys2")


@dataclass(frozen=True, slots=True)
class Plan:
    """What has to be renamed, within one folder.

    Attributes:
        away: suffixes of what stands at the path now and moves aside.
        aside: the name it moves to.
    """

    away: tuple[str, ...]
    aside: str

    def as_bytes(self) -> bytes:
        """Return what is written down."""
        return json.dumps({"away": self.away, "aside": self.aside}).encode()

    @classmethod
    def of_bytes(cls, path: Path, body: bytes) -> Plan:
        """Read a plan; it names only what belongs to the path."""
        try:
            kept = json.loads(body)
            own = cls(tuple(kept["away"]), str(kept["aside"]))
        except (ValueError, KeyError, TypeError):
            raise ClinicDamaged(path) from None
        known = all(suffix in {"", *SIDECARS} for suffix in own.away)
        if (
            not known
            or not own.aside.startswith(f"{path.name}.before-")
            or Path(own.aside).name != own.aside
        ):
            raise ClinicDamaged(path)
        return own


def move_in(path: Path, aside: Path) -> bool:
    """Move what is at the path aside and ``PATH.restoring`` with its keys in; kill-safe.

    Returns whether something moved aside.
    """
    away = tuple(suffix for suffix in ("", *SIDECARS) if beside(path, suffix).exists())
    with disk_troubles(path):
        replace_bytes(beside(path, PLAN), Plan(away, aside.name).as_bytes())
    finish_moving_in(path)
    return bool(away)


def finish_moving_in(path: Path) -> None:
    """Carry out a plan that was written down; does nothing where there is none."""
    plan_file = beside(path, PLAN)
    try:
        body = plan_file.read_bytes()
    except OSError:
        return
    plan = Plan.of_bytes(path, body)
    aside = path.with_name(plan.aside)
    with disk_troubles(path):
        for suffix in plan.away:
            source, target = beside(path, suffix), beside(aside, suffix)
            if not target.exists() and source.exists():
                source.rename(target)
        sync_folder(path.parent)
        for suffix in _MOVED_IN:
            source = beside(path, NEW + suffix)
            if source.exists():
                source.replace(beside(path, suffix))
        sync_folder(path.parent)
        plan_file.unlink()
        sync_folder(path.parent)
