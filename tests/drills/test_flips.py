# SPDX-License-Identifier: Apache-2.0
"""R5: one flipped bit anywhere in the file is seen, and nothing is repaired or deleted."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from clinicdesk.kernel.moments import FixedClock
from clinicdesk.kernel.refusals import Trouble
from clinicdesk.storage.engine import connect
from clinicdesk.storage.verify import file_checks
from tests.storage.opened import a_closed_clinic, enter, every_byte
from tests.support.clinics import NOON

pytestmark = pytest.mark.slow

PAGE = 4096


def is_seen(path: Path, data_key: bytes) -> bool:
    """Tell whether opening or checking notices that something is wrong."""
    try:
        raw = connect(path, data_key, read_only=True)
    except Trouble:
        return True
    try:
        return not all(check.holds for check in file_checks(raw))
    except Exception as error:  # noqa: BLE001 -- the driver's own, whatever its kind
        return "malformed" in str(error) or "not a database" in str(error)
    finally:
        raw.close()


def damage(body: bytes, chance: random.Random) -> list[tuple[str, bytes]]:
    """Return flips in the content, IV and MAC zones of pages, a swap, and cuts."""
    damaged = []
    pages = len(body) // PAGE
    for page in range(pages):
        for zone, (start, end) in {
            "content": (0, PAGE - 80),
            "IV": (PAGE - 80, PAGE - 64),
            "MAC": (PAGE - 64, PAGE),
        }.items():
            place = page * PAGE + chance.randrange(start, end)
            bad = bytearray(body)
            bad[place] ^= 1 << chance.randrange(8)
            damaged.append((f"bit at {place} ({zone} of page {page + 1})", bytes(bad)))
    bad = bytearray(body)
    bad[PAGE : 2 * PAGE], bad[2 * PAGE : 3 * PAGE] = bad[2 * PAGE : 3 * PAGE], bad[PAGE : 2 * PAGE]
    damaged.append(("two pages swapped", bytes(bad)))
    damaged.append(("the last page cut off", body[:-PAGE]))
    damaged.append(("half a page cut off", body[: -PAGE // 2]))
    damaged.append(("a page of zeros", body[:PAGE] + bytes(PAGE) + body[2 * PAGE :]))
    return damaged


def test_every_damage_is_seen(tmp_path: Path) -> None:
    whole = a_closed_clinic(tmp_path)
    body = whole.path.read_bytes()
    assert not is_seen(whole.path, whole.opened.data_key)
    unseen = []
    for what, bad in damage(body, random.Random(7)):
        whole.path.write_bytes(bad)
        if not is_seen(whole.path, whole.opened.data_key):
            unseen.append(what)
    assert not unseen


def test_a_damaged_first_page_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    whole = a_closed_clinic(home)
    body = bytearray(whole.path.read_bytes())
    body[2000] ^= 1
    whole.path.write_bytes(body)
    before = every_byte(home)
    with pytest.raises(Trouble, match="damaged"):
        enter(whole.path, tmp_path / "desk").records(FixedClock(NOON))
    assert every_byte(home) == before
