# SPDX-License-Identifier: Apache-2.0
"""The appointment book on the screen."""
