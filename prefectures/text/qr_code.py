"""An address as a square that a phone reads."""

from functools import lru_cache

import segno
from django.utils.safestring import mark_safe


# Pages that are made anew show the same address again.
@lru_cache(maxsize=500)
def qr_code(address):
    """Return the QR code of ``address`` as an image inside the page, one sign a dot."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, svgclass="qr", lineclass=None, omitsize=True))
