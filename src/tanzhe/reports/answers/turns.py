"""Turning points as lines a reader can say aloud: the episodes, and what is set apart from them."""

from tanzhe.errors import Language, Words
from tanzhe.model import Episodes, TurningPoint, TurningPoints
from tanzhe.reports.answers.episode import notes_of, nothing, sentence, tellable
from tanzhe.reports.words.subject import title_words
from tanzhe.reports.words.vocabulary import label

_WEAK = Words("以下只是弱信号，不足以下结论：", "Weak signals only, too little to conclude from:")
_NO_WEAK = Words("也没有更弱的信号。", "No weaker signals either.")


def turns_lines(points: TurningPoints, language: Language = "zh", *, top: int = 0) -> list[str]:
    """Title, one sentence an episode, weak signals where asked for, peak, calendar, notes.

    Args:
        points: of one series, from `turning_points`.
        language: of the lines.
        top: how many were asked for.
    """
    found = points.found
    if found is None:
        return []
    weak = found.weaker[: max(0, top - len(points.of_band("established", "possible")))]
    return [
        title_words(found.series, "什么时候变了", "when it turned").said(language),
        *(sentence(found, one).said(language) for one in found.episodes),
        *nothing(found, language),
        *([_WEAK.said(language)] if weak else []),
        *(sentence(found, one).said(language) for one in weak),
        *([_NO_WEAK.said(language)] if top and not weak and not found.episodes else []),
        *_peak(points, language),
        *_calendar(points.of_scope("calendar"), language),
        *tellable(found, language),
        *notes_of(_with(found, weak), language),
    ]


def _with(found: Episodes, weak: tuple[object, ...]) -> Episodes:
    return found.model_copy(update={"episodes": (*found.episodes, *weak)})


def _peak(points: TurningPoints, language: Language) -> list[str]:
    mark = Words("达峰判断：", "Peak: ")
    if points.peak is not None:
        status = points.peak.status
        said = Words(f"{label('peak', status)}。", f"{label('peak', status, 'en')}.")
    elif points.peak_missing is not None:
        missing = points.peak_missing
        said = Words(f"{missing.zh}。", f"{missing.en}.")
    else:
        return []
    return [mark.said(language) + said.said(language)]


def _calendar(edges: tuple[TurningPoint, ...], language: Language) -> list[str]:
    """The Spring Festival edges in one line: they are no turns."""
    if not edges:
        return []
    dates = ", ".join(edge.date for edge in edges)
    said = Words(
        f"不是转折：{dates.replace(', ', '、')}的环比台阶由春节移动和1—2月合并造成。",
        f"No turns: the steps of {dates} come from the moving Spring Festival and the merged "
        "January-February figures.",
    )
    return [said.said(language)]
