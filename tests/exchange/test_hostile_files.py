# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinicdesk.exchange.appointments import appointments
from clinicdesk.exchange.delimited import Unreadable, lines
from clinicdesk.exchange.synthea import transactions
from clinicdesk.kernel.refusals import Refusal

_CALM = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
_HEAD = b"a,b\n"
_CELLS = st.text(alphabet=st.sampled_from('ab,;"\n\r\t\x00\ufeff=é1-.:TZ'), max_size=60)


def _say(holds: bool) -> None:
    assert holds, "a refusal names its file in a whole sentence"


@_CALM
@given(st.binary(max_size=300))
def test_any_bytes_are_rows_or_a_refusal(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_HEAD + body)
    try:
        for line in lines(path, ("a", "b")):
            assert set(line.cells) == {"a", "b"}
    except Unreadable as refusal:
        _say(refusal.fields["file"] == "a.csv")


@_CALM
@given(st.binary(max_size=200))
def test_any_bytes_called_gzip_are_rows_or_a_refusal(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(_HEAD)[:10] + body)
    with pytest.raises(Unreadable):
        list(lines(path, ("a", "b")))


@_CALM
@given(st.lists(_CELLS, min_size=33, max_size=33))
def test_any_cells_of_a_transaction_are_a_row_or_a_refusal(
    tmp_path: Path, cells: list[str]
) -> None:
    heading = (
        "ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,"
        "PROCEDURECODE,MODIFIER1,MODIFIER2,DIAGNOSISREF1,DIAGNOSISREF2,DIAGNOSISREF3,"
        "DIAGNOSISREF4,UNITS,DEPARTMENTID,NOTES,UNITAMOUNT,TRANSFEROUTID,TRANSFERTYPE,PAYMENTS,"
        "ADJUSTMENTS,TRANSFERS,OUTSTANDING,APPOINTMENTID,LINENOTE,PATIENTINSURANCEID,"
        "FEESCHEDULEID,PROVIDERID,SUPERVISINGPROVIDERID"
    )
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    (tmp_path / "claims_transactions.csv").write_text(f"{heading}\n{quoted}\n", newline="")
    try:
        assert len(list(transactions(tmp_path, 2))) <= 1
    except Refusal as refusal:
        _say(str(refusal) != "")


@_CALM
@given(st.lists(_CELLS, min_size=11, max_size=11))
def test_any_cells_of_a_book_are_a_row_or_a_refusal(tmp_path: Path, cells: list[str]) -> None:
    heading = (
        "provider,appointment_id,slot_id,scheduling_date,appointment_date,appointment_time,status,"
        "check_in_time,start_time,end_time,patient_id"
    )
    quoted = ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
    (tmp_path / "appointments.csv").write_text(f"{heading}\n{quoted}\n", newline="")
    try:
        assert len(list(appointments(tmp_path))) <= 1
    except Refusal as refusal:
        _say(str(refusal) != "")
