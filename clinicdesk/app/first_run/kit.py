# SPDX-License-Identifier: Apache-2.0
"""The recovery kit: one page with the code, where it is used, and what it means to lose it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from clinicdesk.kernel.columns import Align
from clinicdesk.printing.blocks.words import Heading, Paragraph, Rule, Space
from clinicdesk.printing.fonts import Face
from clinicdesk.printing.sheet import Letterhead, Paper, Sheet
from clinicdesk.storage.keys import RecoveryCode
from clinicdesk.wording.formats import Formats
from clinicdesk.wording.text import N_

_IN_A_LINE = 4


@dataclass(frozen=True, slots=True, repr=False)
class Kit:
    """What stands on it.

    Attributes:
        login: of the owner, whose password the code sets anew.
    """

    clinic: str
    login: str
    made_on: date
    code: RecoveryCode


def kit_pdf(kit: Kit, formats: Formats, paper: Paper) -> bytes:
    """Return the page."""
    say = formats.say
    title = say(N_("Recovery kit"))
    sheet = Sheet(paper, title, Letterhead(kit.clinic), formats)
    sheet.add(
        Heading(title, note=formats.day(kit.made_on, "long")),
        Paragraph(kit.clinic, size=13, face=Face.BOLD, after=10),
        Paragraph(
            say(
                N_(
                    "The clinic's file is encrypted. Without this code and without a password "
                    "nobody can open it: not the makers of ClinicDesk, not anybody else."
                )
            ),
            size=11,
            after=8,
        ),
        Paragraph(
            say(N_("Whoever holds this page can open the clinic. Keep it as you keep cash: not "
                   "beside the computer, not as a photograph.")),
            size=11,
            after=14,
        ),
        Rule(1.0),
        Space(10),
    )  # fmt: skip
    groups = kit.code.groups
    for first in range(0, len(groups), _IN_A_LINE):
        line = "     ".join(groups[first : first + _IN_A_LINE])
        sheet.add(Paragraph(line, size=22, face=Face.BOLD, align=Align.CENTER, after=10))
    sheet.add(
        Space(4),
        Rule(1.0),
        Heading(say(N_("How it is used")), level=2),
        Paragraph(
            say(N_("1. Start ClinicDesk and choose the clinic, or “Restore a backup” on a new "
                   "computer.")),
            size=11,
        ),
        Paragraph(say(N_("2. Press “Password lost” and type the code. Hyphens and capitals do not "
                         "matter; a slip of the pen is named by its group.")), size=11),
        Paragraph(
            say(N_("3. Choose a new password for {login}."), {"login": kit.login}),
            size=11,
            after=14,
        ),
        Heading(say(N_("Where this page is kept")), level=2),
        Space(26),
        Rule(),
        Space(26),
        Rule(),
    )  # fmt: skip
    return sheet.render()


def kit_paper(country_paper: str) -> Paper:
    """Return the paper of a country pack."""
    return Paper.LETTER if country_paper == "letter" else Paper.A4
