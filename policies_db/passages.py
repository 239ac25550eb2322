"""How much of a provision is quoted: the sentence that answers, with what completes it."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^。；！？]*[。；！？][”）)]?|[^。；！？]+$")
_LEAD = re.compile(r"[^。]*?：(?=[（(]?[一二三四五六七八九十\d]+[）)．.、])")
#: A provision of at most so many characters is quoted whole.
WHOLE = 260
#: A list that belongs to its lead sentence is quoted with it up to so many characters.
WHOLE_LIST = 700
#: Whole sentences are added around the one that answers up to so many characters.
ROOM = 240


def quoted(whole: str, answer: str) -> str:
    """The contiguous passage of a provision to quote for the words that answer.

    Args:
        whole: the provision with all that stands under it, without white space.
        answer: the contiguous words in it that answer.

    A short provision is quoted whole, so that no condition is left out; of a long one the sentences
    that hold the answer, and their neighbours while there is room.
    """
    start = whole.find(answer)
    if start < 0:
        return answer
    if len(whole) <= WHOLE:
        return whole
    lead = _LEAD.match(whole)
    if lead and start + len(answer) <= lead.end() and len(whole) <= WHOLE_LIST:
        return whole
    spans = [found.span() for found in _SENTENCE.finditer(whole)]
    held = [i for i, (a, b) in enumerate(spans) if a < start + len(answer) and b > start]
    first, last = held[0], held[-1]
    while True:
        length = spans[last][1] - spans[first][0]
        after = spans[last + 1][1] - spans[last + 1][0] if last + 1 < len(spans) else ROOM
        before = spans[first - 1][1] - spans[first - 1][0] if first > 0 else ROOM
        if first > 0 and length + before <= ROOM and held[0] - first <= last - held[-1]:
            first -= 1
        elif length + after <= ROOM:
            last += 1
        else:
            return whole[spans[first][0] : spans[last][1]]
