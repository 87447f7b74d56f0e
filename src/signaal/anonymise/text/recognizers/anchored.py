"""Patterns that are only tried near something rare, so that running text costs next to nothing."""

import re
from collections.abc import Iterator
from functools import cache
from time import monotonic

import regex
from presidio_analyzer import Pattern, RecognizerResult

from signaal.anonymise.text.recognizers.near_digits import SECONDS_A_PATTERN
from signaal.anonymise.text.recognizers.pattern import DutchPatternRecognizer

Places = list[tuple[int, int]]


class AnchoredPattern(Pattern):
    """A pattern whose every match holds a match of ``anchor``, or touches one.

    The anchor is a pattern for small letters; it is looked for in the text with its capitals made small.
    A match, with what the pattern looks at behind it, lies within ``before`` characters before the
    anchor's start and ``after`` characters after its end. Where ``before`` is None a match starts where
    an anchor does, and the pattern is tried nowhere else; then ``gate`` is a pattern for the text itself
    that has to match there first, so that patterns with one anchor share what is common to them.
    """

    def __init__(
        self,
        name: str,
        regex: str,
        score: float,
        anchor: str,
        *,
        before: int | None = 60,
        after: int = 60,
        gate: str = "",
    ) -> None:
        super().__init__(name, regex, score)
        self.anchor = anchor
        self.before = before
        self.after = after
        self.gate = gate


class AnchoredRecognizer(DutchPatternRecognizer):
    """A recogniser that tries its patterns, all of them anchored, near their anchors only."""

    def _by_pattern(self, text: str) -> Iterator[RecognizerResult]:
        anchors = _Anchors(text)
        for pattern, compiled in self._compiled:
            group = "value" if "value" in compiled.groupindex else 0
            if not isinstance(pattern, AnchoredPattern):
                raise TypeError(f"{self.ENTITY}:{pattern.name} has no anchor")
            for match in _matches(pattern, compiled, text, anchors):
                score = self._score(match.group(group), pattern.score)
                if score > 0:
                    yield self._result(match.start(group), match.end(group), score, pattern.name)


def _small(text: str) -> str:
    small = text.lower()
    if len(small) == len(text):
        return small
    # A few capitals are two letters when small, so that places in the two texts would differ.
    return "".join(letter.lower()[0] for letter in text)


class _Anchors:
    """Where the anchors are in one text, each looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._small = _small(text)
        self._spots: dict[tuple[str, str], Places] = {}
        self._windows: dict[tuple[str, int, int], Places] = {}

    def spots(self, anchor: str, gate: str = "") -> Places:
        if (anchor, gate) not in self._spots:
            found = [match.span() for match in _anchor(anchor).finditer(self._small)]
            self._spots[anchor, gate] = self._through(gate, found) if gate else found
        return self._spots[anchor, gate]

    def windows(self, anchor: str, before: int, after: int) -> Places:
        where = (anchor, before, after)
        if where not in self._windows:
            self._windows[where] = _merged(self.spots(anchor), before, after, len(self._text))
        return self._windows[where]

    def _through(self, gate: str, spots: Places) -> Places:
        compiled = _compiled(gate)
        passes = _in_time(compiled, self._text, spots)
        return [match.span() for match in passes]


@cache
def _anchor(anchor: str) -> re.Pattern[str]:
    return re.compile(anchor)


@cache
def _compiled(gate: str) -> regex.Pattern[str]:
    return regex.compile(gate)


def _merged(spots: Places, before: int, after: int, length: int) -> Places:
    windows: Places = []
    for start, end in spots:
        first, last = max(0, start - before), min(length, end + after)
        if windows and first <= windows[-1][1]:
            windows[-1] = (windows[-1][0], last)
        else:
            windows.append((first, last))
    return windows


def _matches(
    pattern: AnchoredPattern, compiled: regex.Pattern[str], text: str, anchors: _Anchors
) -> Iterator[regex.Match[str]]:
    if pattern.before is None:
        yield from _in_time(compiled, text, anchors.spots(pattern.anchor, pattern.gate))
        return
    for start, end in anchors.windows(pattern.anchor, pattern.before, pattern.after):
        yield from compiled.finditer(text, start, end, timeout=SECONDS_A_PATTERN)


def _in_time(compiled: regex.Pattern[str], text: str, spots: Places) -> Iterator[regex.Match[str]]:
    # One try is short; a time limit on each would cost more than the try itself.
    latest = monotonic() + SECONDS_A_PATTERN
    for start, _ in spots:
        match = compiled.match(text, start)
        if match:
            yield match
        if monotonic() > latest:
            raise TimeoutError("a pattern took too long")
