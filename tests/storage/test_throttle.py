# SPDX-License-Identifier: Apache-2.0
"""Guessing at the desk: five free tries, then longer and longer waits that no clock shortens."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from clinicdesk.storage.keys import WrongPassword
from clinicdesk.storage.throttle import CLOSED_AFTER, FREE, LONGEST, NameClosed, Throttle, WaitFirst


class Machine:
    """A monotonic clock and a throttle made anew at each look, as by restarting the program."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.seconds = 1000.0

    def throttle(self) -> Throttle:
        return Throttle(self.folder / "a.clinic", self.folder / "desk", lambda: self.seconds)

    def wait(self, who: str = "mia") -> float:
        """Try in vain; return how long one has to wait, 0 if the try was allowed."""
        try:
            with self.throttle().one_try(who):
                mistype()
        except WaitFirst as refused:
            return float(str(refused.fields["seconds"]))
        except WrongPassword:
            return 0.0

    def succeed(self, who: str = "mia") -> None:
        with self.throttle().one_try(who):
            pass


def mistype() -> NoReturn:
    raise WrongPassword


def exhausted(folder: Path, tries: int = FREE) -> Machine:
    machine = Machine(folder)
    for _ in range(tries):
        while left := machine.wait():
            machine.seconds += left
    return machine


def test_five_tries_are_free_and_leave_nothing_beside_the_file(tmp_path: Path) -> None:
    machine = exhausted(tmp_path, FREE - 1)
    assert not (tmp_path / "a.clinic.tries").exists()
    assert machine.wait() == 0
    assert machine.wait() == 2


def test_the_waits_double_up_to_a_quarter_of_an_hour(tmp_path: Path) -> None:
    machine = exhausted(tmp_path)
    waits = []
    for _ in range(12):
        waits.append(machine.wait())
        machine.seconds += waits[-1]
        assert machine.wait() == 0
    assert waits == [2, 4, 8, 16, 32, 64, 128, 256, 512, LONGEST, LONGEST, LONGEST]


@pytest.mark.parametrize("deleted", ["a.clinic.tries", "desk"])
def test_deleting_one_of_the_counts_does_not_help(tmp_path: Path, deleted: str) -> None:
    machine = exhausted(tmp_path)
    gone = tmp_path / deleted
    for path in [gone, *gone.rglob("*")]:
        if path.is_file():
            path.unlink()
    assert machine.wait() == 2


def test_a_restart_of_the_machine_never_shortens_a_wait(tmp_path: Path) -> None:
    machine = exhausted(tmp_path, FREE + 8)
    machine.seconds = 3.0  # counting from the start of the machine again
    assert machine.wait() == 512 - 3


def test_a_refused_try_is_not_counted(tmp_path: Path) -> None:
    machine = exhausted(tmp_path)
    assert [machine.wait() for _ in range(5)] == [2] * 5


def test_one_person_never_holds_up_another(tmp_path: Path) -> None:
    machine = exhausted(tmp_path)
    assert machine.wait("mia") > 0
    assert machine.wait("ada") == 0


def test_a_right_password_forgives_what_was_wrong_before(tmp_path: Path) -> None:
    machine = exhausted(tmp_path)
    machine.seconds += 2
    machine.succeed()
    assert [machine.wait() for _ in range(FREE)] == [0] * FREE
    machine.throttle().forgive("mia")
    assert not (tmp_path / "a.clinic.tries").exists()


def test_a_hundred_wrong_ones_close_the_name(tmp_path: Path) -> None:
    machine = exhausted(tmp_path, CLOSED_AFTER)
    machine.seconds += 10 * LONGEST
    with pytest.raises(NameClosed):
        machine.succeed()
    machine.throttle().forgive("mia")
    machine.succeed()


def test_an_unreadable_count_is_no_way_in_while_the_other_is_there(tmp_path: Path) -> None:
    machine = exhausted(tmp_path)
    machine.throttle().desk.write_bytes(b"\x00{")
    assert machine.wait() == 2
