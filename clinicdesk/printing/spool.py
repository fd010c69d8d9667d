# SPDX-License-Identifier: Apache-2.0
"""From bytes to a file: whole or not at all, and readable by its owner only."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from clinicdesk.kernel.refusals import Trouble
from clinicdesk.wording.text import N_


class CannotWrite(Trouble):
    """The folder is missing, full or not ours."""

    what = N_("{path} could not be written.")
    safe = N_("The clinic's file is not affected.")
    do = N_("Choose another folder, or make room on the disk.")


def write_whole(path: Path, body: bytes) -> Path:
    """Put a file in place in one step; a reader sees the old or the new one, never half.

    Raises:
        CannotWrite: the disk or its rights prevented it; what was there before is untouched.
    """
    place = ""
    try:
        handle, place = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(place, path)  # noqa: PTH105 -- the two lines belong together
    except OSError as error:
        if place:
            with suppress(OSError):
                Path(place).unlink()
        raise CannotWrite(path=str(path)) from error
    return path
