# SPDX-License-Identifier: Apache-2.0
"""Tables as other programs leave them: delimited text in any usual encoding, and XLSX.

What kind of file it is, its content says, never its name. A table is read as a stream of
numbered rows; the same dialect writes rows back, so that somebody can mend them where they came
from.
"""

from clinicdesk.exchange.tabular.opening import TABLE_ENDINGS, open_table
from clinicdesk.exchange.tabular.words import (
    Cell,
    Limits,
    Record,
    Table,
    TooBig,
    Unsafe,
    as_text,
)

__all__ = [
    "TABLE_ENDINGS",
    "Cell",
    "Limits",
    "Record",
    "Table",
    "TooBig",
    "Unsafe",
    "as_text",
    "open_table",
]
