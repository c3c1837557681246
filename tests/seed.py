"""What chance is drawn from: SEED=… draws the same again. Tests that draw print it."""

import os
import secrets

# One for all the workers of a run, which have to agree on what there is to test.
SEED = os.environ.get("SEED") or os.environ.get("PYTEST_XDIST_TESTRUNUID") or secrets.token_hex(4)
