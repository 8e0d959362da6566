"""A fault by size alone is none where an event of the place explains it as well."""

from reports.made import episode, episodes, series
from reports.made_events import event

from tanzhe.effects.disputes import DISPUTED, with_disputes
from tanzhe.model import Episode, Event, Note

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
