"""The rows of a sheet's form, as one opens them."""


def opened(row):
    """Open ``row``, if it is folded; return it."""
    button = row.locator("h3 > .fold")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return row


def unfold(page, field):
    """Open the part of the form that holds ``field``, which folds."""
    page.locator(f"details:has({field}) > summary").click()
