# SPDX-License-Identifier: Apache-2.0
"""Closing, as windows and the command line use it. Any thread; reading never blocks a writer."""

from __future__ import annotations

from clinicdesk.closing.service.day import DayDesk
from clinicdesk.closing.service.month import MonthDesk


class Closing(MonthDesk, DayDesk):
    """Day ends and month ends of one clinic."""


__all__ = ["Closing"]
