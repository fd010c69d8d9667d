# SPDX-License-Identifier: Apache-2.0
"""ClinicDesk: appointments, visits, stock and money of a small clinic, kept on its own machine.

The rooms, in the order in which they may import each other (only downward; the contracts in
``pyproject.toml`` hold it):

==============  =================================================================================
``__main__``    arguments, the crash net, and the way into ``app`` or ``commands``
``app``         puts the window together: every panel is named there once
``commands``    the command line; works without a display
``assembly``    puts the services together, without Qt; opens a clinic
``moving``      imports from other systems and the full export
``demo``        makes the demo clinic
``closing``     closes a day and a month; packs and the proof page
``billing``     charges, payments, insurers, statements
``stock``       supplies, lots, expiry, reorder
``schedule``    the appointment book and visits
``access``      sign-in, users, roles, the audit viewer
``staff``       the people working: standing hours, leave, rooms
``patients``    the people treated
``ledger``      accounts, entries and postings; what nobody may change afterwards
``desktop``     the shell and its furniture; knows no department
``printing``    paper
``storage``     the one encrypted file and how it is written
``exchange``    pure readers and writers of standard formats
``wording``     language and formats
``kernel``      the words every room speaks; standard library only, no input or output
==============  =================================================================================

Importing this package imports nothing else: ``--version`` must answer at once, without Qt.
"""

__version__ = "0.1.0"
