"""Who is signed in: each reader by their own user of the database, which decides what they may do.

A reader's name and password are the database's: nothing of them is kept here but the connection
that they opened. Whatever a member changes goes through that connection, so that the database
itself refuses what the role may not do and writes down who did it.
"""

import secrets
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from tanzhe.errors import Fault, InputError, LoginRefused, Words
from tanzhe.workspace import Workspace, address_of, folder_of, open_server
from tanzhe.workspace.database import Database
from tanzhe.workspace.roles import ROLES, Role, role_of

# A session ends after so much silence, and the quietest one where there are too many.
IDLE_SECONDS = 8 * 3600.0
MOST_MEMBERS = 60
# So many wrong passwords for one name, then it must wait.
MOST_TRIES, PAUSE_SECONDS = 8, 300.0


@dataclass
class Member:
    """A reader who is signed in.

    Attributes:
        name: of the user of the database.
        role: what the database lets them do.
        workspace: opened as them.
        seen: when they last asked for a page, by the monotonic clock.
    """

    name: str
    role: Role
    workspace: Workspace
    seen: float

    def may(self, role: Role) -> bool:
        """Whether their role is that one or above it."""
        return ROLES.index(self.role) >= ROLES.index(role)


class Members:
    """Everybody who is signed in to a workspace on a server.

    Args:
        place: the address of the workspace; whose user is replaced by each member's own.
    """

    def __init__(self, place: str) -> None:
        address = address_of(place)
        if address is None:
            raise InputError(_NO_SERVER)
        self._address = address
        self._folder = folder_of(place)
        self._held: OrderedDict[str, Member] = OrderedDict()
        self._wrong: dict[str, tuple[int, float]] = {}
        self._lock = threading.Lock()

    def sign_in(self, name: str, password: str) -> str:
        """Open the workspace as a user of the database.

        Args:
            name: of the user.
            password: theirs.

        Returns:
            The new session.

        Raises:
            InputError: one of both is missing, or the database refuses; or too many tries.
        """
        name = name.strip()
        # An empty one would be filled in from the environment of the server itself.
        if not name or not password:
            raise InputError(_EMPTY)
        self._refuse_guessing(name)
        try:
            database = open_server(self._address_of(name, password))
        except LoginRefused as error:
            self._note_failure(name)
            # Why is for the server's administrator: who has no key learns nothing of the lock.
            raise InputError(_REFUSED) from error
        except InputError:
            self._note_failure(name)
            raise
        session = secrets.token_urlsafe(24)
        # The files beside the database are the server's own: one folder for all.
        opened = Workspace(self._folder, database)
        member = Member(name, _role(database), opened, time.monotonic())
        with self._lock:
            self._wrong.pop(name, None)
            self._held[session] = member
            gone = self._past()
        for one in gone:
            one.workspace.db.close()
        return session

    def of(self, session: str) -> Member | None:
        """Who a session belongs to; None where it is over."""
        with self._lock:
            member = self._held.get(session)
            if member is None or time.monotonic() - member.seen > IDLE_SECONDS:
                return None
            member.seen = time.monotonic()
            self._held.move_to_end(session)
            return member

    def sign_out(self, session: str) -> None:
        """End a session and give its connection back."""
        with self._lock:
            member = self._held.pop(session, None)
        if member is not None:
            member.workspace.db.close()

    def close(self) -> None:
        """End all sessions."""
        for session in list(self._held):
            self.sign_out(session)

    def _past(self) -> list[Member]:
        """Take out who is silent for too long, and the quietest beyond the most."""
        now = time.monotonic()
        over = [key for key, one in self._held.items() if now - one.seen > IDLE_SECONDS]
        left = [key for key in self._held if key not in over]
        over += left[: max(0, len(left) - MOST_MEMBERS)]
        return [self._held.pop(key) for key in over]

    def _refuse_guessing(self, name: str) -> None:
        with self._lock:
            count, last = self._wrong.get(name, (0, 0.0))
            if count >= MOST_TRIES and time.monotonic() - last < PAUSE_SECONDS:
                raise InputError(_PAUSE)

    def _note_failure(self, name: str) -> None:
        with self._lock:
            now = time.monotonic()
            past = [key for key, (_, at) in self._wrong.items() if now - at > PAUSE_SECONDS]
            for key in past:
                del self._wrong[key]
            self._wrong[name] = (self._wrong.get(name, (0, now))[0] + 1, now)

    def _address_of(self, name: str, password: str) -> str:
        split = urlsplit(self._address)
        host = split.netloc.rpartition("@")[2]
        user = f"{quote(name, safe='')}:{quote(password, safe='')}"
        return split._replace(netloc=f"{user}@{host}").geturl()


def _role(database: Database) -> Role:
    """The role of a user; who owns the tables may do what an administrator may."""
    told = role_of(database)
    return next((one for one in ROLES if one == told), "administrator")


_NO_SERVER = Fault(
    Words("只有数据库工作区才能登录", "Only a workspace on a server has users to sign in"),
    Words(
        "用 --workspace postgresql://… 启动，或去掉 --sign-in",
        "Start with --workspace postgresql://…, or leave --sign-in out",
    ),
    where="--sign-in",
)
_EMPTY = Fault(
    Words("用户名和密码都要填", "Both name and password are needed"),
    Words("请填好再登录", "Fill in both and sign in again"),
)
_REFUSED = Fault(
    Words(
        "数据库拒绝登录：用户名或密码不对", "The database refuses the login: wrong user or password"
    ),
    Words(
        "请核对用户名和密码；仍不行时请问工作区的管理员",
        "Check both; if it still fails ask the administrator of the workspace",
    ),
)
_PAUSE = Fault(
    Words("试错次数太多", "Too many wrong tries for this name"),
    Words("请五分钟后再试，或请管理员重设密码", "Wait five minutes, or ask for a new password"),
)
