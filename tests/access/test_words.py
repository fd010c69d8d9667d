# SPDX-License-Identifier: Apache-2.0
"""What the trail's codes are called; amounts are shown as money, the rest as it was kept."""

from __future__ import annotations

import re

from clinicdesk.access.columns.words import ACTIONS, action_words
from clinicdesk.wording.text import Term
from tests.floor_plan.house import PACKAGE

_WRITTEN = re.compile(r'\.write\(\s*[\w.]+,\s*"([a-z]+\.[a-z_]+)"')


def test_every_act_that_a_service_writes_has_words() -> None:
    written = {
        code
        for path in PACKAGE.rglob("*.py")
        for code in _WRITTEN.findall(path.read_text(encoding="utf-8"))
    }
    assert len(written) > 40
    assert not written - set(ACTIONS), "add it to access/columns/words.py"


def test_a_code_without_words_is_shown_as_it_is() -> None:
    assert action_words("later.invented") == "later.invented"
    assert not isinstance(action_words("later.invented"), Term)
    assert isinstance(action_words("schedule.book"), Term)
