"""Spaces inside numerals (三 百 五 十, 百 分 之 二, 7万 5千) closed, and spans led back."""

import re
from collections.abc import Iterable

from tanzhe.numerals import DIGITS, NUMERAL_CHARS
from tanzhe.text.spans import S, as_written, moved

# Never between two digits: 一 二 三 are three numbers. A letter-spaced text spaces its words too.
_DIGIT, _SCALE = "".join(DIGITS), "十拾百佰千仟万亿兆"
_WORD = "点分之又个成"
_GAP = re.compile(
    rf"(?<=[{_SCALE}{_WORD}])[ \u00a0]{{1,4}}(?=[{NUMERAL_CHARS}{_WORD}折])"
    rf"|(?<=[{_DIGIT}])[ \u00a0]{{1,4}}(?=[{_SCALE}{_WORD}折])"
    r"|(?<=\d)[ \u00a0]{1,4}(?=[万千百]\d|分[ \u00a0]{0,4}之|个[ \u00a0]{0,4}百[ \u00a0]{0,4}分)"
    r"|(?<=[万千])[ \u00a0](?=\d{1,4}[ \u00a0]?[千百十])"
    r"|(?<=[之又])[ \u00a0]{1,4}(?=\d|负)"
)


class Closed:
    """A text without the spaces inside its numerals.

    Attributes:
        text: what is to be read.
    """

    def __init__(self, plain: str) -> None:
        gaps = [match.span() for match in _GAP.finditer(plain)]
        self._starts: list[int] | None = None
        self.text = plain
        if gaps:
            left_out = {at for start, end in gaps for at in range(start, end)}
            self._starts = [at for at in range(len(plain)) if at not in left_out]
            self.text = "".join(plain[at] for at in self._starts)

    def led_back(self, spans: Iterable[S], whole: str) -> list[S]:
        """Spans of the closed text as spans of the whole one."""
        if self._starts is None:
            return as_written(spans, whole)
        return [
            moved(span, self._starts[span.start], self._starts[span.end - 1] + 1, whole)
            for span in spans
        ]
