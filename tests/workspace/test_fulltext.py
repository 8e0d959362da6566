"""The index of words says the same as looking into every text, in both engines."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tanzhe.workspace import Workspace, search
from tanzhe.workspace.bigrams import terms_of, words_of
from tanzhe.workspace.folding import folded
from tanzhe.workspace.words import asked_for, phrase_pattern


def put(workspace: Workspace, text: str, title: str = "") -> str:
    return workspace.add(text.encode(), text=text, name="a", media_type="text/plain", title=title)


TEXTS = st.lists(st.text("限产电双〇𠀀é aB1,。\n\0", max_size=20), min_size=1, max_size=23)


@settings(max_examples=60)
@given(
    TEXTS,
    st.text("限产电双〇𠀀é aB1", min_size=1, max_size=4),
    st.integers(1, 9),
    st.sampled_from([0, 3000]),
)
def test_search_is_looking_into_every_text(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], query: str, limit: int, read: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "FEWEST_READ", 3)
        patch.setattr(search, "MOST_READ", read)
        with Workspace.open(tmp_path_factory.mktemp("w")) as workspace:
            ids = [put(workspace, text) for text in texts]
            wanted = asked_for(query).wanted
            holding = {
                sha256
                for sha256, text in dict(zip(ids, texts, strict=True)).items()
                if wanted and all(phrase_pattern(phrase).search(folded(text)) for phrase in wanted)
            }
            found = workspace.search(query, limit)
    hits = [hit.document.sha256 for hit in found.hits]
    assert set(hits) <= holding and len(hits) == len(set(hits))
    scores = [hit.score for hit in found.hits]
    assert scores == sorted(scores, reverse=True)
    if read:
        assert found.exact and len(hits) == min(limit, len(holding))
    assert found.total >= len(holding)
    if found.exact:
        assert found.total == len(holding)


def test_separators_divide_no_pair_but_documents_do(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        apart = put(workspace, "限，\n电")
        for text in ("甲限", "电乙", "限a电"):
            put(workspace, text)
        assert [hit.document.sha256 for hit in workspace.search("限电").hits] == [apart]


def test_one_character_is_found_wherever_it_stands(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        ids = [put(workspace, text) for text in ("限电", "电限", "有限公司", "限a", "〇限。", "无")]
        assert {hit.document.sha256 for hit in workspace.search("限").hits} == set(ids[:5])


def test_a_long_latin_word_is_cut_in_the_index_alone(tmp_path: Path) -> None:
    with Workspace.open(tmp_path) as workspace:
        own = put(workspace, "x" * 70 + "y smelter")
        put(workspace, "x" * 70 + "z smelter")
        found = workspace.search("x" * 70 + "y")
        assert [hit.document.sha256 for hit in found.hits] == [own] and found.total == 1


def test_words_and_their_steps() -> None:
    def words(title: str, text: str) -> list[str]:
        (made,) = words_of([(title, text)])
        return sorted(made.split())

    usual = "。" * 1500
    assert words("", usual[4:] + "限电限电") == sorted(["限电", "限电±", "电", "电限"])
    assert words("限电", usual[2:] + "co2") == sorted(["限电", "限电±", "电", "电±", "co2"])
    assert words("", f"{usual}限电{usual}限电") == sorted(["限电", "电", "电限"])
    # A short text needs less: it is rich in what it has once.
    assert words("", "限电") == sorted(["限电", "限电±", "电", "电±"])
    assert words("", "") == []
    made = [sorted(one.split()) for one in words_of([("", "限电"), ("", ""), ("铝", "")])]
    assert made[1:] == [[], ["铝", "铝±", "铝×", "铝÷"]]
    assert list(words_of([])) == []
    assert terms_of([["限", "电"]]) == [("限电", False)]
    assert terms_of([["限"]]) == [("限", True)]


def test_the_richest_are_read_where_not_all_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEWEST_READ", 4)
    filler = "全省经济运行总体平稳，各项工作有序推进。" * 60
    with Workspace.open(tmp_path) as workspace, workspace.transaction():
        rich = put(workspace, "限电限产，" * 9 + filler)
        titled = put(workspace, f"限电{filler}", title="限电")
        for number in range(200):
            put(workspace, f"{filler}{number}限电")
        found = workspace.search("限电", 2)
        assert [hit.document.sha256 for hit in found.hits] == [rich, titled]
        assert found.total == 202 and found.exact
