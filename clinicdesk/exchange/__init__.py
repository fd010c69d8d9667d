# SPDX-License-Identifier: Apache-2.0
"""Readers of foreign formats: pure, streaming, one frozen row at a time.

Responsible for what a file says: its dialect, encoding, size, columns and types. An error names
file, line and column. Every limit is checked before memory is taken.

Glossary:
    row: one frozen record of a foreign file, in that file's own words.
    dialect: which delimiter and quotes a file uses.
    line: where a row stands, counted from 1 as an editor counts.

It knows no clinic, no database and no mapping: what a row means for us is said in ``moving``.
"""
