# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.bench``: measure, and print the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from clinicdesk.commands.signing_in import password_of
from tests.bench import diary, money, paper, search, start
from tests.bench.pairs import Measured, table
from tests.bench.place import Place, copied, make, opened


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--clinic", type=Path, help="measure on a copy of this clinic")
    parser.add_argument("--user", default="owner")
    parser.add_argument("--password-file", type=Path)
    parser.add_argument("--years", type=int, default=1, help="of a demo clinic made for it")
    parser.add_argument(
        "--patients", type=int, help="of that clinic; with --years 0 enough for W4 at any size"
    )
    parser.add_argument("--only", default="", help="W1, W2 ... separated by commas")
    return parser.parse_args()


def _run(place: Place, folder: Path, only: set[str]) -> int:
    recall = ""

    def searched() -> list[Measured]:
        nonlocal recall
        rows, recall = search.searching(place)
        return rows

    workloads: list[tuple[str, Callable[[], list[Measured]]]] = [
        ("W1", lambda: [start.starting(place, folder)]),
        ("W2", lambda: diary.reading(place)),
        ("W3", lambda: [diary.openings(place)]),
        ("W4", searched),
        ("W5", lambda: money.reading(place)),
        ("W6", lambda: [paper.packing(place)]),
        ("W3", lambda: [diary.booking(place)]),
        ("W5", lambda: [money.posting(place)]),
    ]
    found: list[Measured] = []
    for name, workload in workloads:
        if not only or name in only:
            print(f"measuring {name} ...", file=sys.stderr, flush=True)
            found += workload()
    counts = ", ".join(
        f"{place.one(f'SELECT COUNT(*) FROM {name}'):,} {words}"  # noqa: S608 -- own names
        for name, words in (
            ("patient", "patients"),
            ("appointment", "appointments"),
            ("posting", "postings"),
            ("open_amount", "open amounts"),
        )
    )
    print(f"{counts}; receivables {money.receivables(place)}\n")
    print(table(sorted(found, key=lambda row: row.name[:2])))
    if recall:
        print(f"\n{recall}")
    return 0 if all(row.same for row in found) else 1


def main() -> int:
    """Measure and print; return 1 where an answer was wrong, whatever the times."""
    wanted = _parsed()
    with tempfile.TemporaryDirectory(prefix="clinicdesk-bench-") as name:
        folder = Path(name)
        only = set(filter(None, wanted.only.split(",")))
        if wanted.clinic is None:
            print(f"making a demo clinic of {wanted.years} years ...", file=sys.stderr, flush=True)
            with opened(make(folder, wanted.years, patients=wanted.patients)) as place:
                return _run(place, folder, only)
        with opened(copied(wanted.clinic, folder), wanted.user, password_of(wanted)) as place:
            return _run(place, folder, only)


if __name__ == "__main__":
    sys.exit(main())
