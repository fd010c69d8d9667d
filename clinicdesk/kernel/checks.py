# SPDX-License-Identifier: Apache-2.0
"""The result of one named check of the clinic file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """What ``verify`` says about one rule.

    Attributes:
        name: stable, English, part of the command line's interface.
        holds: whether the rule holds.
        detail: rows that break it, or what was counted.
    """

    name: str
    holds: bool
    detail: str
