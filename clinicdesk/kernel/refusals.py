# SPDX-License-Identifier: Apache-2.0
"""Expected failures. ``Refusal``: a rule says no. ``Trouble``: the environment failed.

Models never translate: a failure carries English wording marked with ``N_`` and typed
fields; the screen translates the wording and formats the fields.
"""

from __future__ import annotations


class Refusal(Exception):
    """A rule says no; nothing was changed.

    Attributes:
        wording: English sentence with ``{field}`` places, marked for translation.
        fields: values for those places, unformatted.
        field: name of the form field to point at, or ``""``.
    """

    wording = "This cannot be done."

    def __init__(self, wording: str = "", /, *, field: str = "", **fields: object) -> None:
        self.wording = wording or type(self).wording
        self.field = field
        self.fields = fields
        super().__init__(self.wording)

    def __str__(self) -> str:
        return self.wording.format(**{key: str(value) for key, value in self.fields.items()})


class StaleCopy(Refusal):
    """Somebody changed the record after it was read; reload and try again."""

    wording = "This record was changed by someone else. Reload it and try again."


class NotAllowed(Refusal):
    """The role lacks a right."""

    wording = "Your role ({role}) may not do this: {right}."

    def __init__(self, right: str, role: str) -> None:
        super().__init__(right=right, role=role)


class Trouble(Exception):
    """The environment failed: disk, key, damaged or foreign file.

    Attributes:
        what: what happened, one English sentence marked for translation.
        safe: what is not affected.
        do: what to do next.
        fields: values for ``{field}`` places.
    """

    what = "Something outside the program failed."
    safe = "Nothing that was confirmed is lost."
    do = "Try again."

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        super().__init__(self.what)

    def __str__(self) -> str:
        places = {key: str(value) for key, value in self.fields.items()}
        return " ".join(part.format(**places) for part in (self.what, self.safe, self.do) if part)
