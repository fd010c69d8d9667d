# SPDX-License-Identifier: Apache-2.0
"""The guide inside the program: one short page for each panel, and some for what has none.

``pages`` holds the texts; a word in braces is an action, shown by the key it has now. ``window``
shows them, searched as they are read: folded, all words, in any order.
"""
