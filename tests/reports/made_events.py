"""Events made by hand, and their links to turning points."""

from tanzhe.model import (
    Event,
    EventBody,
    EventDate,
    EventPlace,
    EventQuantity,
    Link,
    LinkedEvent,
    Quote,
    Source,
)

HEX = "3f2a9c" + "0123456789abcdef" * 4


def event(
    id: str,
    name: str,
    day: str,
    summary: str,
    *,
    until: str | None = None,
    kind: str = "event",
    stage: str = "unknown",
    date_kind: str = "happened",
    direction: str = "down",
    place: tuple[str, str] = ("CN-YN", "云南"),
    bodies: tuple[str, ...] = (),
    quantities: tuple[tuple[str, float, str, str], ...] = (),
    number: str | None = None,
    status: str = "catalogued",
    reviewed: bool = True,
    quote: str | None = None,
    url: str | None = "https://www.caixinglobal.com/2021-09-14/yunnan-curbs-101772781.html",
    publisher: str = "财新",
    name_en: str | None = None,
    summary_en: str | None = None,
) -> Event:
    quotes = (Quote(document=HEX[:64], start=10, end=10 + len(quote), text=quote),) if quote else ()
    return Event.model_validate(
        {
            "id": id,
            "name": name,
            "name_en": name_en,
            "kind": kind,
            "stage": stage,
            "direction": direction,
            "dates": (
                EventDate.model_validate(
                    {
                        "kind": date_kind,
                        "date": day,
                        "until": until,
                        "precision": "day",
                        "status": status,
                    }
                ),
            ),
            "places": (EventPlace(code=place[0], name=place[1], status="catalogued"),),
            "bodies": tuple(EventBody(name=b, status="catalogued") for b in bodies),
            "quantities": tuple(
                EventQuantity(what=w, value=v, unit=u, as_stated=s, status="catalogued")
                for w, v, u, s in quantities
            ),
            "document_number": number,
            "summary": summary,
            "summary_en": summary_en,
            "status": status,
            "reviewed": reviewed,
            "quotes": quotes,
            "sources": (
                Source(
                    url=url,
                    publisher=publisher,
                    tier="media",
                    published="2021-09-14",
                    sha256=HEX[:64] if quote else None,
                ),
            ),
        }
    )


def linked(
    what: Event, grade: str = "strong", p: float | None = 0.03, lag: int = 0, context: bool = False
) -> LinkedEvent:
    link = Link.model_validate(
        {"grade": grade, "score": 0.7, "p_value": p, "lag_months": lag, "context": context}
    )
    return LinkedEvent(event=what, link=link)


NOTICE = event(
    "cn-yn-2021-09-dual-control-notice",
    "云南2021年9月能耗双控通知",
    "2021-09-11",
    "省级通知对重点行业设产量上限，水泥、工业硅、黄磷压减最多。",
    until="2021-12-31",
    kind="policy",
    date_kind="effective",
    bodies=("云南省节能工作领导小组办公室", "云南省发展和改革委员会"),
    quantities=(("cement cut in Sep vs Aug", 80, "%", "80%以上"), ("cut", 90, "%", "90%")),
    number="云节能办〔2021〕7号",
    status="verified",
    quote="确保绿色铝企业9—12月份月均产量不高于8月份产量",
    name_en="Yunnan notice on energy dual control, September 2021",
    summary_en="The notice capped the output of key industries; cement and silicon most.",
)
TIN = event(
    "cn-yn-2021-05-tin-smelters",
    "云南锡冶炼因限电停炉",
    "2021-05-01",
    "电网要求各类企业降负荷，民营锡冶炼厂预计停炉。",
    name_en="Yunnan tin smelters halt",
    summary_en="All users were told to use less power.",
    publisher="International Tin Association",
    url="https://www.internationaltin.org/yunnan-smelters-close/",
)
PLAN = event(
    "plan",
    "云南省工业绿色发展“十四五”规划",
    "2021-09-30",
    "规划提出二〇二五年目标。",
    kind="policy",
    stage="target",
    date_kind="issued",
    direction="none",
    publisher="ymcpw.cn",
    url="javascript:alert(1)",
)
LEAD = event("lead", "某水泥厂停窑检修", "2021-09-20", "一则未复核的消息。", reviewed=False)

UNDATED = event("undated", "一则没有日期的消息", " ", "日期还没有核对。", reviewed=False)
