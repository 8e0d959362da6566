"""Bodies have English names in English reports."""

import re

import pytest

from tanzhe.evidence.chronicle import chronicle
from tanzhe.reports.words.bodies import body_name

HAN = re.compile(r"[\u4e00-\u9fff]")
# Ministries and departments; firms and sites may keep their Chinese name.
OFFICE = re.compile(r"(部|委|委员会|厅|局|政府)$")
LEAST = 0.9


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("国家发展和改革委员会", "National Development and Reform Commission"),
        ("云南省发展和改革委员会", "Yunnan Development and Reform Commission"),
        ("内蒙古自治区能源局", "Inner Mongolia Energy Administration"),
        ("唐山市人民政府", "Tangshan People's Government"),
        ("上海市人民政府", "Shanghai People's Government"),
        (
            "宁夏回族自治区工业和信息化厅",
            "Ningxia Department of Industry and Information Technology",
        ),
        ("财新网（转载）", "Caixin (repost)"),
        ("SMM", "SMM"),
        ("某某公司", "某某公司"),
    ],
)
def test_a_body_is_named_in_english(zh: str, en: str) -> None:
    assert body_name(zh).en == en and body_name(zh).zh == zh


def test_most_offices_of_the_chronicle_have_english_names() -> None:
    offices = [b.name for e in chronicle() for b in e.bodies if OFFICE.search(b.name)]
    assert len(offices) > 100
    named = [name for name in offices if not HAN.search(body_name(name).en)]
    assert len(named) / len(offices) >= LEAST, sorted({*offices} - {*named})
