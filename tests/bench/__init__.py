# SPDX-License-Identifier: Apache-2.0
"""Measures ClinicDesk beside the raw limit in the same run: ``python -m tests.bench --clinic F``.

The limit is hand-written SQL on the same file, a bare canvas, or an empty window. Pairs are run
A B A B; what is printed is the median of the pair ratios with the least and the greatest. Answers
are compared before times: a faster wrong answer is a failure. Nothing here asserts seconds.
"""
