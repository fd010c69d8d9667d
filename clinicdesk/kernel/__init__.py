# SPDX-License-Identifier: Apache-2.0
"""The words every room speaks: money, time, identity, refusals. Standard library only."""
