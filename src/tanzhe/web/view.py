"""What a page is handed: the question, the desk, and how to answer in every form.

A page's function takes `ask: Asking` and returns `ask.page(template, twin, ...)`. The template sees
`say`, `link`, `here` and the words of numbers and dates (`words.py`), and what it was handed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from tanzhe.errors import Fault, InputError, Language, NotFound, Words
from tanzhe.web import words
from tanzhe.web.desk import Desk
from tanzhe.web.jobs import Job
from tanzhe.web.twins import MEDIA, Twin

Result = TypeVar("Result")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# A page waits so long before it says that the work is under way; a program's twin waits for it.
PATIENCE, PROGRAM_PATIENCE = 0.3, 600.0
SESSION = "tanzhe_session"


class Running(Exception):
    """The answer is still being worked on: the page of that state is shown."""

    def __init__(self, job: Job[Any]) -> None:
        super().__init__(job.title.en)
        self.job = job


@cache
def environment() -> Environment:
    """The templates; everything they print is escaped."""
    made = Environment(
        loader=PackageLoader("tanzhe.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(words.GLOBALS)
    return made


class Ask:
    """One question to the server.

    Attributes:
        request: as it came.
        desk: where answers are made.
        language: of the page.
        form: json, csv, ... when a twin is asked for, else None.
        session: of this reader, for the forms of their pages.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.desk: Desk = request.app.state.desk
        self.form: str | None = getattr(request.state, "form", None)
        wanted = request.query_params.get("lang", "")
        own = self.desk.settings.language
        self.language: Language = next((one for one in LANGUAGES if one == wanted), own)
        self.session = request.cookies.get(SESSION) or secrets.token_urlsafe(16)

    def say(self, zh: str | Words, en: str | None = None) -> str:
        """A sentence in the reader's language: of `Words`, or of its two texts."""
        if isinstance(zh, Words):
            return zh.said(self.language)
        return zh if self.language == "zh" or en is None else en

    def link(self, path: str, /, *parts: str, form: str = "", **query: Any) -> str:
        """An address of ours in the reader's language.

        Args:
            path: fixed by the page, e.g. `/series`.
            parts: names below it, quoted here.
            form: of a twin, e.g. json.
            query: left out where None or empty.
        """
        whole = "/".join([path, *(quote(part, safe="") for part in parts)])
        if form:
            whole = f"{'/index' if whole == '/' else whole}.{form}"
        return whole + self._query(query)

    def here(self, *, form: str = "", **changes: Any) -> str:
        """This page with another state; None takes a part of it away."""
        query = dict(self.request.query_params) | changes
        path = quote(self.request.url.path, safe="/")
        if form:
            path = f"{'/index' if path == '/' else path}.{form}"
        return path + self._query(query)

    def _query(self, query: Mapping[str, Any]) -> str:
        held = {name: str(value) for name, value in query.items() if value not in (None, "")}
        if "lang" not in query and self.language != self.desk.settings.language:
            held["lang"] = self.language
        return f"?{urlencode(held)}" if held else ""

    @property
    def csrf(self) -> str:
        """What a form must send back, in the field `csrf` or the header `X-CSRF`."""
        secret = self.desk.settings.secret.encode()
        return hmac.new(secret, self.session.encode(), hashlib.sha256).hexdigest()

    async def ready(self, job: Job[Result]) -> Result:
        """The answer of a job; while it is worked on, the page of that state instead.

        Raises:
            Running: it takes longer; shown by the server.
        """
        if not await job.wait(PATIENCE if self.form is None else PROGRAM_PATIENCE):
            raise Running(job)
        return job.result

    def page(
        self, template: str, twin: Twin | None = None, *, status: int = 200, **context: Any
    ) -> Response:
        """The answer in the form asked for.

        Args:
            template: below `templates/`.
            twin: the other forms; None: the page has none.
            status: of HTTP.
            context: what the template is handed beside the globals.

        Raises:
            NotFound: the page has no such form.
        """
        if self.form is not None:
            return self._twin(twin)
        if status != HTTPStatus.ACCEPTED and "x-waiting" in self.request.headers:
            # The page "working" asked: the browser loads the answer as a page of its own.
            return Response(headers={"HX-Refresh": "true"})
        text = environment().get_template(template).render(
            ask=self, say=self.say, link=self.link, here=self.here, language=self.language,
            forms=() if twin is None else twin.forms, nav=self.request.app.state.nav, **context,
        )  # fmt: skip
        answer = HTMLResponse(text, status)
        if SESSION not in self.request.cookies:
            answer.set_cookie(SESSION, self.session, httponly=True, samesite="strict")
        return answer

    def _twin(self, twin: Twin | None) -> Response:
        form = self.form or ""
        if twin is None or form not in twin.forms:
            there = "、".join(f".{one}" for one in twin.forms) if twin is not None else "—"
            raise NotFound(
                Fault(
                    what=Words(f"这一页没有 .{form} 形式", f"This page has no form .{form}"),
                    where=self.request.url.path,
                    do=Words(f"可用：{there}", f"There are: {there}"),
                )
            )
        content = twin.made(form, self.language)
        raw = content if isinstance(content, bytes) else content.encode()
        name = quote(f"{twin.name}.{form}")
        shown = "inline" if form in ("json", "md", "svg", "png") else "attachment"
        return Response(
            raw,
            media_type=MEDIA[form],
            headers={"content-disposition": f"{shown}; filename*=UTF-8''{name}"},
        )


def asking(request: Request) -> Ask:
    """The `Ask` of a request, one each."""
    ask = getattr(request.state, "ask", None)
    if ask is None:
        ask = request.state.ask = Ask(request)
    return cast(Ask, ask)


Asking = Annotated[Ask, Depends(asking)]


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
    what=Words("表单不是从本页发出的，或已过期", "The form was not sent from this page, or is old"),
    do=Words("请重新打开页面再提交；什么都没有写入", "Open the page again; nothing was written"),
)
