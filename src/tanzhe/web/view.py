"""What a page is handed: the question, the desk, and how to answer in every form.

A page's function takes `ask: Asking` and returns `ask.page(template, twin, ...)`. The template sees
`say`, `link`, `here` and the words of numbers and dates (`words.py`), and what it was handed.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable, Hashable, Mapping
from http import HTTPStatus
from typing import Annotated, Any, TypeVar, cast
from urllib.parse import quote, urlencode

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, Response

from tanzhe.errors import Fault, InputError, Language, Words
from tanzhe.faults import fault_of
from tanzhe.model import Progress
from tanzhe.model.told import Told
from tanzhe.terms import words_of
from tanzhe.web import words
from tanzhe.web.desk import Desk
from tanzhe.web.inbox import Inbox
from tanzhe.web.jobs import Job
from tanzhe.web.members import Member
from tanzhe.web.rendering import environment, in_form
from tanzhe.web.twins import Twin
from tanzhe.workspace import Workspace
from tanzhe.workspace.log import who as signed_by
from tanzhe.workspace.roles import Role

Result = TypeVar("Result")
LANGUAGES: tuple[Language, ...] = ("zh", "en")
# A page waits so long before it says that the work is under way; a program's twin waits for it.
PATIENCE, PROGRAM_PATIENCE = 0.3, 600.0
SESSION = "tanzhe_session"


class Unknown(Exception):
    """Who asks has not signed in: the page of that is shown."""


class Refused(InputError):
    """Who asks may not do this."""


class Running(Exception):
    """The answer is still being worked on: the page of that state is shown."""

    def __init__(self, job: Job[Any]) -> None:
        super().__init__(job.title.en)
        self.job = job


class Ask:
    """One question to the server.

    Attributes:
        request: as it came.
        desk: where answers are made.
        language: of the page.
        form: json, csv, ... when a twin is asked for, else None.
        session: of this reader, for the forms of their pages.
        member: who is signed in, where readers sign in.
        newer: the work whose answer will take the place of what this page shows, or None.

    Long because all that a page may learn of a request and answer to it stands here.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.desk: Desk = request.app.state.desk
        self.form: str | None = getattr(request.state, "form", None)
        wanted = request.query_params.get("lang", "")
        own = self.desk.settings.language
        self.language: Language = next((one for one in LANGUAGES if one == wanted), own)
        self.session = request.cookies.get(SESSION) or secrets.token_urlsafe(16)
        self.newer: Job[Any] | None = None
        members = self.desk.members
        self.member: Member | None = None if members is None else members.of(self.session)

    @property
    def is_in(self) -> bool:
        """Whether who asks may see pages: everybody, or who has signed in where readers do."""
        return self.desk.members is None or self.member is not None

    @property
    def role_name(self) -> Words:
        """What the role of the member is called."""
        return ROLE_NAMES["reader" if self.member is None else self.member.role]

    @property
    def workspace(self) -> Workspace | None:
        """The workspace as who asks may use it: a member's own connection, else the server's."""
        return self.desk.workspace if self.member is None else self.member.workspace

    @property
    def library(self) -> Workspace:
        """The workspace, which this page cannot do without.

        Raises:
            InputError: there is none.
        """
        if self.workspace is None:
            raise InputError(_NO_WORKSPACE)
        return self.workspace

    def inbox(self, kind: str) -> Inbox:
        """The files that this reader dropped on a kind of page; a member sees no other's."""
        return Inbox(self.desk.folder, kind, None if self.member is None else self.member.name)

    def may(self, role: Role) -> bool:
        """Whether who asks may do what a role may: without sign-in the workspace itself decides."""
        if self.member is not None:
            return self.member.may(role)
        return role == "reader" or self.workspace is None or not self.workspace.read_only

    def must(self, role: Role) -> None:
        """Refuse who may not.

        Raises:
            Refused: the role is missing.
        """
        if not self.may(role):
            raise Refused(_not_allowed(role))

    def named(self, who: str) -> str:
        """Who changes something: a member under their own name alone, else whom the form names."""
        return who if self.member is None else self.member.name

    @property
    def who(self) -> str:
        """Who asks, as the workspace writes it down."""
        return "" if self.workspace is None else signed_by(self.workspace.db)

    def changed(self) -> None:
        """Something of the workspace was changed: handed on, and seen by the next question."""
        if self.workspace is not None:
            self.workspace.share()
        self.desk.changed()

    def say(self, zh: str | Words | Told, en: str | None = None) -> str:
        """A sentence in the reader's language: of what knows both, or of its two texts."""
        if isinstance(zh, Words | Told):
            return zh.said(self.language)
        return zh if self.language == "zh" or en is None else en

    def _printed(self, zh: str | Words | Told, en: str | None = None) -> str:
        """A sentence as a page prints it."""
        return words.subscript(self.say(zh, en))

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

    def work(
        self,
        key: Hashable,
        title: Words,
        work: Callable[[Progress], Result],
        *,
        quick: bool = True,
    ) -> Job[Result]:
        """Work on what this reader brought: told and listed to nobody else.

        Args:
            key: what is asked; what the answer rests on in the workspace is added to it.
            title: what it does.
            work: handed the `Progress` to tell.
            quick: a matter of seconds, which waits for nothing else.
        """
        owner = "" if self.member is None else self.member.name
        return self.desk.jobs.ask(
            (owner, key, self.desk.stamp()), title, work, address=self.here(), owner=owner,
            quick=quick,
        )  # fmt: skip

    async def ready(self, job: Job[Result]) -> Result:
        """The answer of a job; while it is worked on, the one before it, or the page of that state.

        Raises:
            Running: it takes longer, and there was none before; shown by the server.
        """
        if not await job.wait(PATIENCE if self.form is None else PROGRAM_PATIENCE):
            if job.before is None:
                raise Running(job)
            self.newer = job
            return job.before
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
            return in_form(twin, self.form, self.language, self.request.url.path)
        if self.newer is not None and "x-waiting" in self.request.headers:
            return Response(status_code=HTTPStatus.NO_CONTENT)
        if status != HTTPStatus.ACCEPTED and "x-waiting" in self.request.headers:
            # The page "working" asked: the browser loads the answer as a page of its own.
            return Response(headers={"HX-Refresh": "true"})
        text = environment().get_template(template).render(
            ask=self, say=self._printed, link=self.link, here=self.here, language=self.language,
            forms=() if twin is None else twin.forms, nav=self.request.app.state.nav, **context,
        )  # fmt: skip
        answer = HTMLResponse(text, status)
        if SESSION not in self.request.cookies:
            answer.set_cookie(SESSION, self.session, httponly=True, samesite="strict")
        return answer


def asking(request: Request) -> Ask:
    """The `Ask` of a request, one each."""
    ask = getattr(request.state, "ask", None)
    if ask is None:
        ask = request.state.ask = Ask(request)
    return cast(Ask, ask)


Asking = Annotated[Ask, Depends(asking)]


_NO_WORKSPACE = Fault(
    Words("这里没有项目文件夹，文件无处存放", "There is no workspace to keep files"),
    Words(
        "用 tanzhe serve --workspace 文件夹 重新启动",
        "Start again with tanzhe serve --workspace FOLDER",
    ),
)
ROLE_NAMES: dict[Role, Words] = words_of("web.view.role_names")


def _not_allowed(role: Role) -> Fault:
    name = ROLE_NAMES[role]
    return fault_of("web.view.not_allowed", name=name, role=role)
