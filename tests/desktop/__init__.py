# SPDX-License-Identifier: Apache-2.0
"""Tests of the window's furniture: what every panel stands on."""
