# SPDX-License-Identifier: Apache-2.0
"""Makes the demo clinic for "Try the demo clinic", whole or not at all; and removes one."""

from __future__ import annotations

import shutil
from pathlib import Path

from clinicdesk.app.front_work import in_words
from clinicdesk.app.places import Places
from clinicdesk.desktop.desk import Errand
from clinicdesk.kernel.refusals import Trouble


def made_demo(path: Path, errand: Errand) -> Path:
    """Return the demo clinic, made now unless it is there; on a lane.

    It grows in a folder beside its own and moves there when it is whole, so that a making that
    was stopped or cut off is never opened.

    Raises:
        Cancelled: somebody stopped it; nothing is left.
        Trouble: the disk.
    """
    from clinicdesk.assembly import make_demo_clinic
    from clinicdesk.storage.clinic_file import disk_troubles

    if path.exists():
        return path
    growing = path.parent.with_name(f"{path.parent.name}.growing")
    with disk_troubles(path):
        shutil.rmtree(growing, ignore_errors=True)
        growing.mkdir(parents=True)
    try:
        make_demo_clinic(growing / path.name, progress=errand.step)
        with disk_troubles(path):
            if path.parent.is_dir():
                path.parent.rmdir()  # empty, or somebody else's: then this fails in words
            growing.rename(path.parent)
    finally:
        shutil.rmtree(growing, ignore_errors=True)
    return path


def remove_demo(path: Path) -> None:
    """Delete a clinic file with all that stands beside it, the keys first; backups stay.

    Raises:
        Trouble: the disk; what is left cannot be opened any more.
    """
    from clinicdesk.storage.clinic_file import disk_troubles
    from clinicdesk.storage.files import SIDECARS, beside

    with disk_troubles(path):
        for suffix in (".keys", ".keys2", "", *SIDECARS):
            beside(path, suffix).unlink(missing_ok=True)
        if not any(path.parent.iterdir()):
            path.parent.rmdir()


def told_after_removing(path: Path, places: Places) -> str:
    """Remove a demo clinic that nobody has open; return why not, or nothing."""
    try:
        remove_demo(path)
    except Trouble as trouble:
        return in_words(trouble)
    places.forget(path)
    return ""
