"""Who is said to publish, and whose host it is."""

import re
from collections.abc import Iterator

from tanzhe.audits.hosts import (
    Host,
    department_name,
    department_of_words,
    host_kind,
    is_of,
    is_prefix,
    media_hosts,
)
from tanzhe.audits.lines.links import host_of
from tanzhe.audits.records import Field, Item, Link, Point, ReportText, Verdicts
from tanzhe.audits.spans import places_in
from tanzhe.audits.words import said
from tanzhe.errors import Words
from tanzhe.places import place_of
from tanzhe.text import read_bodies
from tanzhe.text.names.publishers import cities_of_label, government_labels

_FOREIGN = re.compile(r"\.(?!cn$|com$|org$|net$|io$|info$|int$|wiki$|eu$)[a-z]{2}$")
_NATIONAL = re.compile(
    r"^(?:国家|国务院|中国|中央|全国)|部$|生态环境部|工信部|财政部|商务部|发改委官网"
)


def check_publishers(report: ReportText, verdicts: Verdicts) -> None:
    """Labels of sources against their hosts, and claims that sources are official."""
    uses = list(_uses(report))
    for item, point, link, field in uses:
        host = host_kind(host_of(link.url))
        why = mismatch(link.label, host, report.region)
        where = {"item": item, "point": point, "field": field.label if field else None}
        if why:
            verdicts.wrong(
                "publisher_domain_mismatch", link.line, why, severity="error",
                item=item, point=point, field=where["field"] or None,  # type: ignore[arg-type]
            )  # fmt: skip
        elif over := overclaim(link, field, host):
            verdicts.wrong(
                "publisher_type_overclaim", link.line, over,
                item=item, point=point, field=field.label if field else None,
            )  # fmt: skip
        elif item is not None and host.is_government:
            verdicts.right(
                item, link.line, field.label if field and field.label else "来源",
                Words(f"{host.name} 是{host.what.zh}", f"{host.name} is {host.what.en}"),
            )  # fmt: skip
    _all_official(report, [link for _, _, link, _ in uses], verdicts)


def _uses(report: ReportText) -> Iterator[tuple[Item | None, Point, Link, Field | None]]:
    for point in report.points:
        for item in point.items:
            for link in item.links:
                if host_of(link.url) and not link.broken:
                    field = next((f for f in item.fields if any(x is link for x in f.links)), None)
                    yield item, point, link, field
        for link in point.links:
            if host_of(link.url) and not link.broken:
                yield None, point, link, None


def mismatch(label: str, host: Host, region: str | None) -> Words | None:
    """Why a label cannot belong to a host, or None.

    Args:
        label: words of the link.
        host: what its host is.
        region: ISO code of the report's province, for 省 without a name.
    """
    medium = media_hosts(label)
    if medium:
        return None if is_of(host.name, medium[1]) or not host.known else _told(label, host)
    bodies = [b for b in read_bodies(label) if b.kind == "government"]
    if bodies or _is_government(label):
        return _government(label, host, region)
    if any(b.kind == "company" for b in read_bodies(label)):
        own = host.tier in ("unknown", "company")
        return None if own and not (host.known and host.tier == "unknown") else _told(label, host)
    places = [p for p in places_in(label) if p.iso != "CN"]
    if places and said("news_label", label):
        abroad = bool(_FOREIGN.search(host.name)) or host.tier == "media"
        return _told(label, host) if abroad else None
    return None


def _is_government(label: str) -> bool:
    if said("government_label", label):
        return True
    places = bool(places_in(label)) or bool(re.search(r"[省市县州]", label))
    return places and bool(said("document_label", label)) and not said("news_label", label)


def _told(label: str, host: Host) -> Words:
    return Words(
        f"来源写作“{label[:40]}”，网址却是 {host.name}（{host.what.zh}）",
        f"the source is called “{label[:40]}”, but {host.name} is {host.what.en}",
    )


def _government(label: str, host: Host, region: str | None) -> Words | None:
    if not host.is_government:
        return _told(label, host)
    places = [p for p in places_in(label) if p.iso != "CN"]
    city = any(not p.code.endswith("0000") for p in places) or bool(
        re.search(r"[市县州盟旗区](?!域)(?:人民)?(?:政府|[^省]{0,8}[局委办])", label)
    )
    province = next((p.iso for p in places), region if "省" in label else None)
    if host.tier == "national_government" and re.match(r"国家|中央|中国|国务院", label):
        return None  # a national body's office in a province
    if province and not city:
        if not _is_host_of(host.name, province):
            return _place(label, host, province)
    elif (not places and host.tier != "national_government" and _NATIONAL.search(label)) or (
        city and host.tier == "national_government"
    ):
        return _told(label, host)
    elif city and host.iso and province and host.iso != province:
        return _place(label, host, province)
    elif city and (other := _other_city(host.name, [p.code for p in places])):
        return Words(
            f"来源写作“{label[:40]}”，{host.name} 却是{other.zh}的网站",
            f"the source is called “{label[:40]}”, but {host.name} belongs to {other.en}",
        )
    wanted = department_of_words(label)
    if (
        wanted
        and host.department
        and wanted != host.department
        and {wanted, host.department}
        != {
            "energy",
            "reform",  # the energy bureaus belong to the commissions
        }
    ):
        zh = department_name(host.department)
        return Words(
            f"来源写作“{label[:40]}”，{host.name} 却是{zh}的网站",
            f"the source is called “{label[:40]}”, but {host.name} belongs to another department",
        )
    return None


def _other_city(name: str, codes: list[str]) -> Words | None:
    """The city a gov.cn host belongs to, when the label names other cities only."""
    its = cities_of_label(name.removesuffix(".gov.cn").split(".")[-1])
    named = {code[:4] for code in codes if not code.endswith("0000")}
    if not its or not named or named & {city.adcode[:4] for city in its}:
        return None
    return Words("或".join(c.zh_full for c in its), " or ".join(c.en or c.zh_full for c in its))


def _is_host_of(name: str, iso: str) -> bool:
    """Whether a gov.cn host belongs to a province's own government."""
    labels = name.removesuffix(".gov.cn").split(".")
    own = government_labels(iso)
    if labels[-1] in own:
        return True
    return any(labels[-1].startswith(o) and is_prefix(labels[-1][len(o) :]) for o in own)


def _place(label: str, host: Host, iso: str) -> Words:
    place = place_of(iso)
    zh, en = (place.zh, place.en) if place else (iso, iso)
    return Words(
        f"来源写作“{label[:40]}”，{host.name} 是{host.what.zh}，不是{zh}省级机构的网站",
        f"“{label[:40]}” is of {en}, but {host.name} is {host.what.en} of another level or place",
    )


def overclaim(link: Link, field: Field | None, host: Host) -> Words | None:
    """Why a source is not as official as it is called, or None."""
    called = field.label if field and field.role == "source" else ""
    if said("official_label", called):
        said_as = called
    elif said("official_word", link.label):
        said_as = link.label
    else:
        return None
    if host.is_official:
        return None
    own_site = not host.known and bool(re.search(r"公司|集团|企业|厂|协会|官网", link.label))
    if own_site:
        return None
    return Words(
        f"称为“{said_as[:30]}”，但 {host.name} 是{host.what.zh}，不是政府或官方媒体",
        f"called “{said_as[:30]}”, but {host.name} is {host.what.en}, no authority",
    )


def _all_official(report: ReportText, links: list[Link], verdicts: Verdicts) -> None:
    """A sentence that says all sources are official."""
    places = [(n, t, None) for n, t in (*report.head, *report.asides)]
    links = [*links, *report.references]
    told: list[tuple[int, str, Point | None]] = [*places]
    told += [(n, t, p) for p in report.points for n, t in p.prose]
    for line, text, point in told:
        match = said("official_claim", text)
        if not match:
            continue
        others = [host_kind(host_of(x.url)) for x in links]
        bad = sorted({h.name for h in others if not h.is_official})
        if bad:
            names = "、".join(f"{n}（{host_kind(n).what.zh}）" for n in bad[:4])
            verdicts.wrong(
                "publisher_type_overclaim", line,
                Words(
                    f"“{text[:30]}”不成立：{names}等 {len(bad)} 个网站不是官方",
                    f"“{text[:30]}” does not hold: {len(bad)} sites are not official, "
                    f"{', '.join(bad[:4])}",
                ),
                point=point,
            )  # fmt: skip
