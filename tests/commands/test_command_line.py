# SPDX-License-Identifier: Apache-2.0
"""The command line as a person at a terminal meets it: what it prints, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from clinicdesk.__main__ import main
from clinicdesk.assembly import create_clinic
from clinicdesk.demo import demo_profile

PASSWORD = "demo-clinic-demo"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small demo clinic, made once."""
    path = tmp_path_factory.mktemp("clinic") / "small.clinic"
    code = main(
        ["demo", str(path), "--years", "1", "--patients", "60", "--providers", "2",
         "--until", "2026-11-25"]
    )  # fmt: skip
    assert code == 0
    return path


@pytest.fixture(autouse=True)
def password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLINICDESK_PASSWORD", PASSWORD)


def ended(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    """Run a command; return its exit code, output and complaint."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


def test_every_check_of_a_demo_clinic_holds(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = ended(["verify", "--clinic", str(small), "--format", "json"], capsys)
    checks = json.loads(out)["checks"]
    assert code == 0
    assert [check["name"] for check in checks if not check["holds"]] == []


def test_a_wrong_password_ends_with_1_and_one_plain_sentence(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINICDESK_PASSWORD", "not this one, surely")
    code, out, err = ended(["verify", "--clinic", str(small)], capsys)
    assert (code, out) == (1, "")
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_no_password_is_said_in_words(
    small: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLINICDESK_PASSWORD")
    code, _out, err = ended(["verify", "--clinic", str(small)], capsys)
    assert code == 1
    assert "CLINICDESK_PASSWORD" in err


def test_a_clinic_that_is_not_there_ends_with_3_and_nothing_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _out, err = ended(["verify", "--clinic", str(tmp_path / "none.clinic")], capsys)
    assert code == 3
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments",
    [["report"], ["nonsense"], ["demo"], ["import", "synthea"], ["demo", "x", "--years", "two"]],
    ids=["no-name", "no-verb", "no-path", "no-source", "no-number"],
)
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ended(arguments, capsys)[0] == 2


def test_reports_are_listed_without_a_clinic(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = ended(["report", "--list"], capsys)
    assert code == 0
    assert "month-end" in out.split()


def test_a_month_end_comes_as_paper_and_as_figures_that_prove_themselves(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper = tmp_path / "month.pdf"
    report = ["report", "month-end", "2026-10", "--clinic", str(small)]
    code, _out, _err = ended([*report, "--out", str(paper)], capsys)
    assert code == 0
    assert paper.read_bytes().startswith(b"%PDF")
    code, out, _err = ended([*report, "--format", "json"], capsys)
    figures = json.loads(out)
    assert figures["currency"] == "GBP"
    assert len(figures["proof"]) >= 7
    assert all(proof["holds"] and proof["left"] == proof["right"] for proof in figures["proof"])


def test_a_month_that_is_none_is_refused(small: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _out, err = ended(["report", "month-end", "2026-13", "--clinic", str(small)], capsys)
    assert code == 1
    assert "2026-13" in err


def test_a_backup_restores_and_what_it_replaced_stays_beside_it(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _err = ended(["backup", "--clinic", str(small), "--to", str(tmp_path)], capsys)
    assert code == 0
    made = Path(out.strip())
    target = tmp_path / "restored.clinic"
    for _ in range(2):
        assert ended(["restore", str(made), "--to", str(target)], capsys)[0] == 0
    aside = [path.name for path in tmp_path.iterdir() if ".before-" in path.name]
    assert len(aside) >= 1
    assert ended(["verify", "--clinic", str(target)], capsys)[0] == 0


def test_a_backup_restores_with_the_recovery_code_and_a_new_password(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic, code = create_clinic(
        tmp_path / "lost.clinic", demo_profile(), "Ada", "ada", "nobody knows this one"
    )
    made = clinic.back_up(tmp_path)
    clinic.close()
    monkeypatch.delenv("CLINICDESK_PASSWORD")
    written = tmp_path / "code.txt"
    written.write_text(f"{code.text}\n", encoding="utf-8")
    target = tmp_path / "found.clinic"
    restore = ["restore", str(made), "--to", str(target), "--recovery-file", str(written)]
    monkeypatch.setenv("CLINICDESK_NEW_PASSWORD", "short")
    assert ended(restore, capsys)[0] == 1
    assert not target.exists()
    monkeypatch.setenv("CLINICDESK_NEW_PASSWORD", "a fresh long password")
    assert ended(restore, capsys)[0] == 0
    monkeypatch.setenv("CLINICDESK_PASSWORD", "a fresh long password")
    assert ended(["verify", "--clinic", str(target), "--user", "ada"], capsys)[0] == 0


def test_a_mistyped_recovery_code_names_the_group(
    small: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLINICDESK_RECOVERY_CODE", "-".join(["AAAAA"] * 8))
    code, _out, err = ended(["restore", str(small), "--to", str(tmp_path / "x.clinic")], capsys)
    assert code == 1
    assert "Group 1" in err


def test_a_demo_is_never_written_over_a_file(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = small.read_bytes()[:4096]
    code, _out, err = ended(["demo", str(small)], capsys)
    assert code in {1, 3}
    assert err.strip()
    assert small.read_bytes()[:4096] == before
