# SPDX-License-Identifier: Apache-2.0
"""Brings in an exported appointment book: patients, shifts, appointments, visits."""
