# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to a roster: all of it undone, backwards, leaves the roster as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicdesk.kernel.outcomes import Done
from clinicdesk.kernel.refusals import Refusal
from clinicdesk.staff.model import AskLeave, AskSwap, AskTake, CopyWeek, Decide
from tests.staff.roster import MONDAY, Roster

ACTS = ("type", "publish", "copy", "leave", "swap", "take", "decide", "refuse")
STEP = st.tuples(
    st.sampled_from(ACTS),
    st.integers(0, 4),
    st.integers(0, 6),
    st.sampled_from(["9-17", "22-6", "L", "", "off", "13-17 R1"]),
)


def shown(roster: Roster) -> list[object]:
    """Return everything two weeks show, but for ids, which are never used twice."""
    seen: list[object] = []
    for monday in (MONDAY, MONDAY + timedelta(days=7)):
        week = roster.week(monday)
        cells = [cell for row in week.people for cell in row.cells] + list(week.open)
        seen += [(cell.staff_id, cell.on, cell.plan, cell.state, cell.published) for cell in cells]
        seen += [(one.kind, one.staff_id, one.state) for one in week.requests]
        seen += [week.clashes, week.drafts]
    return seen


def act(roster: Roster, step: tuple[str, int, int, str]) -> Done[Any]:
    name, who, number, text = step
    people = (roster.doctor, roster.nurse, roster.rosa, roster.ravi, None)
    person, day = people[who], MONDAY + timedelta(days=number)
    staff, actor = roster.staff, roster.actor
    own = person or roster.rosa
    requests = roster.week().requests
    acts: dict[str, Callable[[], Done[Any]]] = {
        "type": lambda: roster.type(person, day, text if person or "-" in text else ""),
        "publish": roster.publish,
        "copy": lambda: staff.copy_week(CopyWeek(MONDAY + timedelta(days=7)), actor),
        "leave": lambda: staff.ask_leave(AskLeave(own, day, day + timedelta(days=who)), actor),
        "swap": lambda: staff.ask_swap(AskSwap(own, day, roster.ravi, MONDAY), actor),
        "take": lambda: staff.ask_take(
            AskTake(own, next((s.shift_id for s in roster.cell(None, day).spans), 0)), actor
        ),
    }
    if name in acts:
        return acts[name]()
    if not requests:
        raise Refusal
    one = requests[number % len(requests)]
    return staff.decide(Decide(one.id, one.version, name == "decide"), actor)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=10))
def test_all_undone_backwards_the_roster_is_as_it_was(
    roster: Roster, steps: list[tuple[str, int, int, str]]
) -> None:
    before = shown(roster)
    undos: list[Callable[[], Done[Any]]] = []
    for step in steps:
        try:
            done = act(roster, step)
        except Refusal:
            continue
        assert done.undo is not None
        undos.append(done.undo)
    for undo in reversed(undos):
        undo()
    assert shown(roster) == before
