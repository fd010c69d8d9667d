# SPDX-License-Identifier: Apache-2.0
"""Brings in the front and back office of a Synthea export."""
