"""Which place somebody means, however they type it (docs/decisions/0030-finder.md)."""
