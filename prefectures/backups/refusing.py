"""Why a backup was not made, not put back, not moved: a sentence that says what to do next."""


class RefusedError(Exception):
    """Nothing was changed. What it says is for whoever runs the site."""
