"""How large the slowest tests are: enough for the faults they look for, or at full size.

``benchmarks/full_size.py`` runs them at full size.
"""

import os

AT_FULL_SIZE = os.environ.get("TESTS_AT_FULL_SIZE") == "1"
