"""`turns` and `episodes` as lines: sizes, amounts, products and how fresh findings fared."""

import pytest

from reports.made import DIP, FALL, episode, episodes, series, with_parts
from tanzhe.model import Amount, Episode, Series
from tanzhe.model.episode import Stability
from tanzhe.reports.answers.episode import sentence


def said(one: Episode, of: Series | None = None) -> tuple[str, str]:
    made = of or with_parts(series())
    words = sentence(episodes(made, one), one)
    return words.zh, words.en


def test_a_shared_fall_says_size_excess_rank_and_amount() -> None:
    zh, en = said(DIP)
    assert "低于常态14%（−19%至−9%）" in zh and "14% below the usual course (−19% to −9%)" in en
    assert "比全国多3个百分点，在31个地区中列第7" in zh
    assert "3 percentage points more than the nation, rank 7 of 31" in en
    assert "累计少326万吨" in zh and "3.26 Mt less in all" in en


def test_what_lasts_has_no_amount_and_names_its_products() -> None:
    zh, en = said(FALL)
    assert "累计" not in zh and "in all" not in en
    assert "其中水泥−9.1个百分点、粗钢−4.0个百分点" in zh
    assert "cement −9.1 points, crude steel −4.0 points" in en


def test_a_trend_is_told_in_points_a_year() -> None:
    zh, en = said(episode("2018-07", 4.2, (0.8, 9.3), shape="bend", trend_change=1.4))
    assert "趋势每年改变+1.4个百分点" in zh and "by +1.4 percentage points a year" in en


@pytest.mark.parametrize(
    ("kept", "zh", "en"), [(1.0, "全部", "all of them"), (0.8, "有80%", "80%")]
)
def test_all_of_a_few_is_no_hundred_percent(kept: float, zh: str, en: str) -> None:
    fresh = Stability(kept=kept, moved=0.0, rebanded=0.0, later=11, n=24)
    chinese, english = said(FALL.model_copy(update={"stability": fresh}))
    assert f"（24例）一年后{zh}仍成立" in chinese and "100%" not in chinese + english
    assert f"of 24 such findings, {en}" in english


def test_an_amount_beyond_its_reach_is_not_told() -> None:
    """Two periods of about nine and fifteen Mt at 14 % cannot come to 33."""
    high = Amount(value=-33.0, interval=(-40.0, -3.0), unit="MtCO2")
    zh, en = said(DIP.model_copy(update={"amount": high}))
    assert "累计" not in zh and "in all" not in en and "14%" in zh


def test_the_nation_is_no_place_among_others() -> None:
    zh, en = said(DIP.model_copy(update={"excess_percent": None, "loading": None}), series("CN"))
    assert "比全国" not in zh and "than the nation" not in en
