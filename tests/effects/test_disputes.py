"""A fault by size alone is none where an event of the place explains it as well."""

import pytest
from reports.made import episode, episodes, series
from reports.made_events import event

from tanzhe.effects.disputes import DISPUTED, with_disputes
from tanzhe.model import Episode, Event, EventPlace, Note

SIZE = Note(code="impossible_jump", zh="按数据问题处理。", en="Taken for a fault of the data.")
SOURCE = Note(code="data_defect", zh="第二来源没有。", en="A second source has none.")
LOCKED = event("lock", "全区静默", "2022-08-12", "封控。", name_en="Lockdown")


def weighed(reason: Note, *catalogue: Event, percent: float = -70.0) -> Episode:
    fault = episode("2022-08", percent, (-80, -60), scope="data", end="2022-11", notes=(reason,))
    if percent > 0:
        fault = fault.model_copy(update={"depth_interval": (60.0, 80.0)})
    (one,) = with_disputes(episodes(series(), fault), catalogue).episodes
    return one


def test_a_size_that_an_event_explains_is_told_with_both_readings() -> None:
    one = weighed(SIZE, LOCKED)
    assert one.scope == "province" and [note.code for note in one.notes] == [DISPUTED]
    assert "“全区静默”（2022年8月12日）" in one.notes[0].zh and "数据问题" in one.notes[0].zh
    assert "“Lockdown” (2022-08-12)" in one.notes[0].en and "fault of the data" in one.notes[0].en


def test_a_lead_is_enough_and_is_called_one() -> None:
    lead = LOCKED.model_copy(update={"id": "lead", "reviewed": False})
    one = weighed(SIZE, lead)
    assert one.scope == "province"
    assert "线索，未复核" in one.notes[0].zh and "a lead, not reviewed" in one.notes[0].en
    assert "线索" not in weighed(SIZE, lead, LOCKED).notes[0].zh


def test_what_a_second_source_does_not_show_stays_a_fault_and_names_the_event() -> None:
    one = weighed(SOURCE, LOCKED)
    assert one.scope == "data" and one.notes[0].code == SOURCE.code
    assert one.notes[0].zh.startswith("第二来源没有；") and "全区静默" in one.notes[0].zh
    assert "cannot be ruled out" in one.notes[0].en


def test_nothing_changes_without_an_event_that_fits_in_place_time_and_direction() -> None:
    elsewhere = event("far", "外地封控", "2022-08-12", "封控。", place=("CN-SC", "四川"))
    later = event("late", "封控", "2022-11-12", "封控。")
    rising = event("rise", "投产", "2022-08-12", "投产。", direction="up")
    for wrong in ((), (elsewhere,), (later,), (rising,)):
        one = weighed(SIZE, *wrong)
        assert one.scope == "data" and one.notes == (SIZE,)
    assert weighed(SIZE, LOCKED, percent=300.0).scope == "data"
    iron = Note(code="companion", zh="与原料不符。", en="Out of proportion.")
    assert weighed(iron, LOCKED).notes == (iron,)


@pytest.mark.parametrize(
    ("day", "near"),
    [
        ("2022-06-12", False), ("2022-07-12", True), ("2022-08-12", True), ("2022-09-12", True),
        ("2022-10-12", False),
    ],
)  # fmt: skip
def test_an_event_explains_what_left_its_course_within_a_month(day: str, near: bool) -> None:
    other = event("lock", "全区静默", day, "封控。")
    assert (weighed(SIZE, other).scope == "province") is near


@pytest.mark.parametrize(("places", "near"), [(1, True), (5, True), (6, False)])
def test_a_campaign_of_many_places_says_little_of_one(places: int, near: bool) -> None:
    codes = ["CN-SC", "CN-HN", "CN-AH", "CN-GS", "CN-HE"][: places - 1]
    named = tuple(EventPlace(code=code, name=code, status="catalogued") for code in codes)
    many = LOCKED.model_copy(update={"places": (*LOCKED.places, *named)})
    assert (weighed(SIZE, many).scope == "province") is near


def test_the_event_of_fewest_places_is_named_and_a_reviewed_one_before_a_lead() -> None:
    here = EventPlace(code="CN-SC", name="四川", status="catalogued")
    wide = event("a", "两省封控", "2022-08-12", "封控。")
    wide = wide.model_copy(update={"places": (*wide.places, here)})
    lead = event("b", "线索封控", "2022-08-12", "封控。").model_copy(update={"reviewed": False})
    assert "全区静默" in weighed(SIZE, wide, lead, LOCKED).notes[0].zh
    assert "两省封控" in weighed(SIZE, wide, lead).notes[0].zh
    count = LOCKED.model_copy(update={"kind": "statistic"})
    assert weighed(SIZE, count).scope == "data"
