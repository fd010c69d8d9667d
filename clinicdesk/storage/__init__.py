# SPDX-License-Identifier: Apache-2.0
"""The filing room: the one encrypted clinic file, who may open it, and how it is written."""
