"""PDFs and pages as nobody should send them."""

from io import BytesIO

from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject


def pdf_of(*pages, title="", password=None, owner=""):
    """Return a PDF whose ``pages`` are lists of lines."""
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(width=595, height=842)
        font = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
                NameObject("/Encoding"): NameObject("/WinAnsiEncoding"),
            }
        )
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = b"".join(b"(%b) Tj T*\n" % line.encode("cp1252") for line in lines)
        stream.set_data(b"BT /F1 12 Tf 14 TL 50 780 Td\n" + shown + b"ET")
        page[NameObject("/Contents")] = stream
    if title:
        writer.add_metadata({"/Title": title})
    if password is not None:
        writer.encrypt(password, owner or None, algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
