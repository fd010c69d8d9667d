# SPDX-License-Identifier: Apache-2.0
"""Brings in an exported appointment book: patients, shifts, appointments, visits."""

from clinicdesk.moving.book.bringing import import_appointments

__all__ = ["import_appointments"]
