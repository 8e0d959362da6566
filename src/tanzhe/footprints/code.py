"""A text as a QR code, drawn as SVG or PNG."""

import io

import segno


def drawn(text: str, *, kind: str) -> bytes:
    """The picture of a QR code.

    Args:
        text: any; UTF-8.
        kind: `svg` or `png`.
    """
    made = segno.make(text, error="m", encoding="utf-8", micro=False)
    held = io.BytesIO()
    made.save(held, kind=kind, scale=4, border=4)
    return held.getvalue()
