# SPDX-License-Identifier: Apache-2.0
"""``clinicdesk import patients`` as a person at a terminal meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.assembly import create_clinic
from clinicdesk.demo import demo_profile

PASSWORD = "demo-clinic-demo"
LIST = "Nr;Nachname;Vorname;Geb.datum\n1;Müller;Jürgen;13.02.1950\n2;Groß;Änne;31.02.1960\n"


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CLINICDESK_PASSWORD", PASSWORD)
    made, _code = create_clinic(tmp_path / "a.clinic", demo_profile(), "Ada", "owner", PASSWORD)
    made.close()
    return tmp_path / "a.clinic"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(LIST.encode("cp1252"))
    return path


def _ended(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(["import", *map(str, arguments)])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_all_or_nothing_ends_with_1_and_the_good_lines_with_0(
    clinic: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = ("--clinic", clinic)
    code, out, _err = _ended(capsys, "patients", source, *to, "--dry-run", "--format", "json")
    told = json.loads(out)
    assert (code, told["dry_run"], told["bad"], told["refused"]) == (0, True, 1, True)
    assert told["mapping"]["columns"]["Geb.datum"] == "born_on"
    code, out, _err = _ended(capsys, "patients", source, *to)
    assert code == 1
    assert "Nothing was written: 1 line has to be mended first." in out
    errors = tmp_path / "errors.csv"
    code, out, _err = _ended(
        capsys, "patients", source, *to, "--good-lines", "--errors", errors, "--format", "json"
    )
    assert (code, json.loads(out)["kinds"]["patients"]["taken"]) == (0, 1)
    assert "31.02.1960" in errors.read_text("cp1252")


def test_the_mapping_that_is_printed_can_be_given_back(
    clinic: Path, source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = ("--clinic", clinic)
    _code, out, _err = _ended(capsys, "patients", source, *to, "--dry-run", "--format", "json")
    mapping = json.loads(out)["mapping"]
    del mapping["columns"]["Geb.datum"]
    kept = tmp_path / "mapping.json"
    kept.write_text(json.dumps(mapping), "utf-8")
    code, _out, _err = _ended(capsys, "patients", source, *to, "--mapping", kept)
    assert code == 0, "without the column of dates no line is bad"
    kept.write_text("{}", "utf-8")
    code, out, err = _ended(capsys, "patients", source, *to, "--mapping", kept)
    assert (code, out) == (1, "")
    assert "mapping.json is no mapping of columns." in err


def test_what_reads_both_ways_is_a_plain_question(
    clinic: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Surname,DOB\nNovak,03/04/1980\n", "utf-8")
    code, _out, err = _ended(capsys, "patients", path, "--clinic", clinic)
    assert code == 1
    assert "03/04/1980" in err
