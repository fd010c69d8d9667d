# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest

from clinicdesk.moving.report import ImportReport, ranges


@pytest.mark.parametrize(
    ("numbers", "text"),
    [([], ""), ([2], "2"), ([2, 3, 4], "2-4"), ([9, 2, 3, 7], "2-3, 7, 9")],
)
def test_line_numbers_are_told_as_ranges(numbers: list[int], text: str) -> None:
    assert ranges(numbers) == text


def test_every_line_stands_in_the_report_with_its_reason() -> None:
    report = ImportReport("synthea", "USD", dry_run=True)
    for _line in (2, 3, 4):
        report.read("patients")
    report.take("patients.csv", "patients", 2)
    report.map("patients.csv", "patients", 2, "the gender {value} is male", "M")
    report.skip("patients.csv", "patients", 3, "is broken")
    report.skip("patients.csv", "patients", 4, "is broken")
    told = report.as_dict()
    assert told["kinds"]["patients"] == {"read": 3, "taken": 1, "mapped": 1, "skipped": 2}
    assert [(g["outcome"], g["reason"], g["lines"]) for g in told["lines"]] == [
        ("taken", "", "2"),
        ("mapped", "the gender M is male", "2"),
        ("skipped", "is broken", "3-4"),
    ]
    text = "\n".join(report.lines())
    assert "nothing was written" in text
    assert "is broken" in text
