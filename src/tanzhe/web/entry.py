"""Who gets to a page, and which forms change something: asked before every page."""

import hmac

from fastapi import Request

from tanzhe.errors import Fault, InputError, Words
from tanzhe.web.view import Unknown, asking


async def signed_in(request: Request) -> None:
    """Let in who has signed in, where readers do.

    Raises:
        Unknown: nobody, or the session is over.
    """
    ask = asking(request)
    if ask.desk.members is not None and ask.member is None:
        raise Unknown


async def own_form(request: Request) -> None:
    """Refuse whatever would change something and was not sent from a page of ours.

    Raises:
        InputError: the field `csrf` (or header `X-CSRF`) is missing or not this reader's.
    """
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    ask = asking(request)
    sent = request.headers.get("x-csrf")
    if sent is None:
        field = (await request.form()).get("csrf")
        sent = field if isinstance(field, str) else ""
    elsewhere = request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")
    if elsewhere or not hmac.compare_digest(sent.encode(), ask.csrf.encode()):
        raise InputError(_FOREIGN)


_FOREIGN = Fault(
    Words("表单不是从本页发出的，或已过期", "The form was not sent from this page, or is old"),
    Words("请重新打开页面再提交；什么都没有写入", "Open the page again; nothing was written"),
)
