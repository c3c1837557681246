"""The made-up France of tests/territories serves the commands too."""

from ..territories.conftest import edition

__all__ = ["edition"]
