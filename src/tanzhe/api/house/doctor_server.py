"""What the doctor looks at in the database of a team, and in work that several share."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import text

from tanzhe.api.house.doctor_checks import NOTHING, Check
from tanzhe.errors import Words
from tanzhe.workspace.database import Database
from tanzhe.workspace.engines import version_of
from tanzhe.workspace.jobs import FAILED, LOST, Jobs
from tanzhe.workspace.roles import role_of

OLDEST = 130_000  # PostgreSQL 13, as it numbers itself; nothing older is maintained
FEW_LEFT = 5  # connections
CLOCK = 60.0  # seconds that two clocks may differ


def server_checks(db: Database) -> Iterator[Check]:
    """Version, encoding, role, size, connections and clock of a server; nothing for a folder."""
    if db.engine != "postgresql":
        return
    yield _server(db)
    yield _role(db)
    yield _connections(db)
    yield _clock(db)


def _value(db: Database, sql: str) -> str:
    return str(db.value(text(sql)))


def _server(db: Database) -> Check:
    """It answers; which it is, what it keeps text as, how much there is."""
    number, name = int(_value(db, "SHOW server_version_num")), _value(db, "SHOW server_version")
    encoding = _value(db, "SHOW server_encoding")
    size = int(_value(db, "SELECT pg_database_size(current_database())"))
    version = (version_of(db) or "").lstrip("0")
    zh = f"PostgreSQL {name}，编码 {encoding}，数据库 {size / 1e6:.0f} MB，表结构第 {version} 版"
    en = f"PostgreSQL {name}, encoding {encoding}, database {size / 1e6:.0f} MB, schema {version}"
    if encoding != "UTF8":
        do = Words(
            "请另建 UTF8 的数据库（CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0），"
            "再用 tanzhe workspace copy",
            "Make one that keeps UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0) and "
            "use tanzhe workspace copy",
        )
        return Check(name="server", state="wrong", says=Words(zh, en), do=do)
    if number < OLDEST:
        do = Words("请升级到仍受维护的版本", "Upgrade it to a version that is maintained")
        return Check(name="server", state="note", says=Words(zh, en), do=do)
    says = Words(f"{zh}；不需要任何扩展", f"{en}; no extension is needed")
    return Check(name="server", state="fine", says=says)


def _role(db: Database) -> Check:
    """What the user may do there."""
    user, role = _value(db, "SELECT session_user"), role_of(db)
    says = Words(f"用户 {user}，角色 {role}", f"user {user}, role {role}")
    if role != "reader":
        return Check(name="role", state="fine", says=says)
    do = Words(
        "只能读取和检索；要收入文件、复核或一起计算，"
        "请管理员用 tanzhe workspace grant 用户 reviewer 授权",
        "It reads and searches; to add, review or share work ask for tanzhe workspace grant USER "
        "reviewer",
    )
    return Check(name="role", state="note", says=says, do=do)


def _connections(db: Database) -> Check:
    most = int(_value(db, "SHOW max_connections"))
    used = int(
        _value(db, "SELECT count(*) FROM pg_stat_activity WHERE backend_type LIKE 'client%'")
    )
    says = Words(f"连接 {used}/{most}", f"{used} of {most} connections are used")
    few = most - used < FEW_LEFT
    do = Words("请管理员提高 max_connections", "Ask for more max_connections") if few else NOTHING
    return Check(name="connections", state="note" if few else "fine", says=says, do=do)


def _clock(db: Database) -> Check:
    there: datetime = db.value(text("SELECT clock_timestamp()"))
    apart = abs((datetime.now(UTC) - there.astimezone(UTC)).total_seconds())
    says = Words(
        f"与服务器的时钟相差 {apart:.0f} 秒", f"clocks here and there differ by {apart:.0f} s"
    )
    late = apart > CLOCK
    do = Words("请校准本机或服务器的时钟", "Set the clock here, or there") if late else NOTHING
    return Check(name="clock", state="note" if late else "fine", says=says, do=do)


def jobs_checks(db: Database) -> Iterator[Check]:
    """Runs that several share: what waits, what is worked on, what was given up."""
    jobs = Jobs(db)
    for run in jobs.begun():
        states = [state for state, _ in jobs.states(run).values()]
        counts = ", ".join(f"{state} {states.count(state)}" for state in sorted(set(states)))
        says = Words(f"运行 {run}：{counts or '0'}", f"run {run}: {counts or '0'}")
        bad = FAILED in states or LOST in states
        do = Words(
            "排除原因后由发起者用 tanzhe batch --resume 接着算",
            "Mend the cause; who began it goes on with tanzhe batch --resume",
        )
        if not bad:
            do = Words("帮忙：tanzhe batch --join", "To help: tanzhe batch --join")
        yield Check(name="jobs", state="note" if bad else "fine", says=says, do=do)
