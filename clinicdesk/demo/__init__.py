# SPDX-License-Identifier: Apache-2.0
"""Makes the demo clinic."""
