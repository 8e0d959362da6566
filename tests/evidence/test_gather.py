"""From turning points to evidence, with the built-in chronicle and a folder."""

from evidence.conftest import MakeFound, Write
from tanzhe.evidence.finders.find import ChronicleFinder, FolderFinder
from tanzhe.evidence.gather import gather, plan
from tanzhe.evidence.links.edge import edges_of
from tanzhe.evidence.links.window import window_of
from tanzhe.workspace import Workspace


def test_yunnan_may_2021_is_power_rationing(make_found: MakeFound) -> None:
    (found,) = gather(make_found(("2021-05", "2021-05")), [ChronicleFinder()])
    ids = [one.event.id for one in found.events]
    assert ids[0] == "cn-yn-2021-05-aluminium-power-rationing"
    assert ids.count("cn-yn-2021-05-aluminium-power-rationing") == 1
    best = found.events[0].link
    # A score of a strong link, printed as medium while chance has not been looked at.
    assert best.score >= 0.75 and (best.grade, best.p_value) == ("medium", None)
    assert found.searched.documents_read == 691


def test_yunnan_september_2021_is_the_dual_control_notice(make_found: MakeFound) -> None:
    (found,) = gather(make_found(("2021-09", "2021-10")), [ChronicleFinder()])
    ids = [one.event.id for one in found.events]
    assert ids[0] == "cn-yn-2021-09-dual-control-notice"
    assert ids.count("cn-yn-2021-09-dual-control-notice") == 1


def test_leads_are_never_among_the_facts(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"), ("2018-02", "2018-03"), ("2022-08", "2022-09"))
    for found in gather(points, [ChronicleFinder()], most=100):
        assert all(one.event.reviewed for one in found.events)
        assert all(not one.event.reviewed for one in found.leads)
        assert all(one.event.status == "catalogued" for one in found.events)


def test_causes_come_before_context(make_found: MakeFound) -> None:
    (found,) = gather(make_found(("2021-05", "2021-05")), [ChronicleFinder()], most=50)
    context = [one.link.context for one in found.events]
    assert context == sorted(context)
    assert any(context)
    assert all(one.link.grade == "none" for one in found.events if one.link.context)


def test_an_honest_empty_says_what_was_searched(make_found: MakeFound) -> None:
    (found,) = gather(make_found(("2012-05", "2012-06")), [ChronicleFinder()])
    assert found.events == found.leads == ()
    assert (found.searched.first, found.searched.last) == ("2012-03-01", "2012-09-30")
    assert found.searched.sources == ("chronicle",)
    assert found.searched.documents_read == 691
    assert "云南 限电" in found.searched.queries


def test_artefacts_are_never_explained(make_found: MakeFound) -> None:
    assert gather(make_found(("2021-05", "2021-05"), scope="data"), [ChronicleFinder()]) == ()


def test_the_plan_asks_for_what_moved(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"))
    query = plan(edges_of(points)[0], points.series, window_of(edges_of(points)[0], merged=True))
    assert query.words[:3] == ("云南 工业", "云南 十种有色金属", "云南 水泥")
    assert query.products == ("nonferrous_metals_10", "cement")
    rising = make_found(("2021-05", "2021-05"), percent=9.0, drivers=(("cement", 9.0),))
    assert (
        "云南 投产"
        in plan(
            edges_of(rising)[0], rising.series, window_of(edges_of(rising)[0], merged=True)
        ).words
    )


def test_a_users_document_and_the_chronicle_tell_of_one_event(
    make_found: MakeFound, write: Write, workspace: Workspace
) -> None:
    folder = write(
        "a.txt",
        "标题：电解铝有序用电\n发布日期：2021年5月12日\n网址：https://nyj.yn.gov.cn/1.html\n"
        "自5月10日起，云南省对电解铝企业实施有序用电，压减负荷约25%。",
    )
    finders = [ChronicleFinder(), FolderFinder(workspace, [folder])]
    (found,) = gather(make_found(("2021-05", "2021-05")), finders)
    first = found.events[0].event
    assert first.status == "verified"
    assert first.sources[0].tier == "provincial_government"
    assert len(first.sources) >= 2
    rationing = [
        one.event.id for one in found.events
        if one.event.instrument == "power_rationing" and "aluminium" in one.event.industries
        and one.event.dates[0].date <= "2021-05-31"
    ]  # fmt: skip
    assert rationing == [first.id]
    assert found.searched.documents_read == 692
    assert found.searched.sources == ("chronicle", "folder")
    # Kept in the workspace: the second run gives the same.
    again = gather(
        make_found(("2021-05", "2021-05")),
        [ChronicleFinder(), FolderFinder(workspace, [folder])],
    )
    assert again == (found,)


def test_a_posting_day_is_no_happening_day(
    make_found: MakeFound, write: Write, workspace: Workspace
) -> None:
    folder = write("a.txt", "发布日期：2021年5月12日\n2018年1月26日，云南省水泥企业停窑。")
    (found,) = gather(make_found(("2021-05", "2021-05")), [FolderFinder(workspace, [folder])])
    assert found.events == ()


def test_a_city_of_the_users_gets_its_provinces_events(make_found: MakeFound) -> None:
    points = make_found(("2021-05", "2021-05"))
    city = points.model_copy(
        update={"series": points.series.model_copy(update={"region": "曲靖市"})}
    )
    (found,) = gather(city, [ChronicleFinder()])
    assert found.events[0].event.id == "cn-yn-2021-05-aluminium-power-rationing"
    assert found.searched.queries[0].startswith("曲靖市")
