# SPDX-License-Identifier: Apache-2.0
"""Brings in the front and back office of a Synthea export."""

from clinicdesk.moving.synthea.bringing import import_synthea

__all__ = ["import_synthea"]
