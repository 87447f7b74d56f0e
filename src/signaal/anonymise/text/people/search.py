"""Where known names stand in a text: one pass over its words."""

from collections.abc import Iterator
from dataclasses import dataclass

from signaal.anonymise.text.people.forms import Forms, Hit
from signaal.anonymise.text.people.names import SHORTEST_PART
from signaal.anonymise.text.people.word_lists import JOINING, LABELS, PARTICLES, STOP_WORDS, TITLES
from signaal.anonymise.text.people.words import Word

BETWEEN = frozenset({" ", "\u00a0", "-", "  ", " -", "- ", " - ", "'", "’"})
BEHIND_INITIAL = frozenset({".", ". ", " ", ".\u00a0"})
BETWEEN_TURNED = frozenset({", "})
MOST_PARTICLES, MOST_INITIALS = 3, 8
ABBREVIATED = frozenset({"vd", "vdr"})
ACRONYM = range(3, 6)
"""Undotted initials of two letters are more often something else."""


@dataclass(slots=True)
class _Run:
    """Words ``start`` up to ``end`` that may be one name, whose, and which words of it stand there."""

    start: int
    end: int
    people: set[int]
    parts: list[str]
    sure: bool


class Search:
    """Looks for the names in ``forms`` among the words of one text."""

    def __init__(self, words: list[Word], forms: Forms) -> None:
        self._words = words
        self._forms = forms

    def places(self) -> Iterator[tuple[int, int]]:
        """Start and end of every place where a name stands, in order and without overlap."""
        at = free = 0
        while at < len(self._words) and self._forms.owners:
            run = self._run(at, free) or self._letters(at, free)
            if run and (run.sure or len(run.parts) > 1 or self._titled(run)):
                yield self._words[run.start].start, self._words[run.end - 1].end
                at = free = run.end
            else:
                at += 1

    def _run(self, at: int, free: int) -> _Run | None:
        found = self._hit(at)
        if not found:
            return None
        hit, size = found
        run = _Run(at, at + size, self._forms.owners_of(hit.parts), [*hit.parts], self._stands(at, hit))
        self._go_back(run, free)
        while self._go_on(run):
            pass
        return run if run.people else None

    def _hit(self, at: int) -> tuple[Hit, int] | None:
        """What a word stands for, and how many words that takes."""
        hit = self._forms.look_up(self._words[at])
        if hit:
            return hit, 1
        if at + 1 < len(self._words) and self._words[at + 1].gap in BETWEEN:
            hit = self._forms.look_up_split(self._words[at], self._words[at + 1])
        return (hit, 2) if hit else None

    def _stands(self, at: int, hit: Hit) -> bool:
        """Whether the word is a name whatever stands around it."""
        word = self._words[at]
        return word.capital or not (hit.ordinary or len(word.folded) <= SHORTEST_PART)

    def _go_back(self, run: _Run, free: int) -> None:
        """Takes in the particles and the initials before a name."""
        for lead in sorted(self._forms.leads.get(run.parts[0], ()), key=len, reverse=True):
            short = run.start > free and self._words[run.start - 1].folded in ABBREVIATED
            start = run.start - (1 if short and lead else len(lead))
            if start >= free and self._leads(lead, start, run.start):
                run.start = start
                break
        while run.start > free and self._is_initial_of(run):
            run.start -= 1

    def _leads(self, lead: tuple[str, ...], start: int, end: int) -> bool:
        """Whether these particles, or of several others, stand right before the word behind them."""
        words = self._words[start:end]
        alike = len(lead) > 1 and all(word.folded in JOINING for word in words)
        matches = alike or tuple(word.folded for word in words) == lead
        return matches and all(word.gap in BETWEEN for word in self._words[start + 1 : end + 1])

    def _is_initial_of(self, run: _Run) -> bool:
        """Whether an initial stands before it; any will do before a surname, as it may be a relative."""
        before, first = self._words[run.start - 1], self._words[run.start]
        if len(before.written) > 1 or first.gap not in BEHIND_INITIAL:
            return False
        if not before.initial:
            return first.gap != " " and self._begins_other(run, before.folded)
        if run.start > 1 and before.gap == " " and self._words[run.start - 2].folded in LABELS:
            return False
        relative = first.gap != " " and run.parts[0] in self._forms.surnames
        return relative or self._begins_other(run, before.folded)

    def _begins_other(self, run: _Run, letter: str) -> bool:
        """Whether a letter begins another word of this name."""
        return any(
            part not in run.parts and self._forms.owners[part] & run.people
            for part in self._forms.begun.get(letter, ())
        )

    def _go_on(self, run: _Run) -> bool:
        """Takes in the next word of the same name, with the particles before it."""
        at = run.end
        while at < min(len(self._words), run.end + MOST_PARTICLES) and self._is_particle(at):
            at += 1
        if at == len(self._words) or not self._follows(at):
            return False
        found = self._hit(at)
        if found and self._may_join(run, found[0], self._words[at].gap):
            people = run.people & self._forms.owners_of(found[0].parts)
            if people:
                run.people, run.end = people, at + found[1]
                run.parts += found[0].parts
                run.sure = run.sure or self._stands(at, found[0])
                return True
        word = self._words[at]
        if word.initial and word.gap in BETWEEN and self._begins_other(run, word.folded):
            run.end = at + 1
            return True
        return False

    def _may_join(self, run: _Run, hit: Hit, gap: str) -> bool:
        """Whether a word may belong to the same name; behind a comma only a forename behind a surname."""
        surnames = self._forms.surnames
        turned = run.parts[0] in surnames and hit.parts[0] not in surnames
        return set(hit.parts).isdisjoint(run.parts) and (turned or gap not in BETWEEN_TURNED)

    def _is_particle(self, at: int) -> bool:
        return self._words[at].folded in PARTICLES and self._words[at].gap in BETWEEN

    def _follows(self, at: int) -> bool:
        gap, before = self._words[at].gap, self._words[at - 1]
        return gap in BETWEEN or gap in BETWEEN_TURNED or (before.initial and gap in BEHIND_INITIAL)

    def _titled(self, run: _Run) -> bool:
        """Whether a title stands before it, and no word that follows titles as a word does."""
        first = self._words[run.start]
        if run.start == 0 or first.gap not in BEHIND_INITIAL:
            return False
        small = first.written[0].islower() and first.folded in STOP_WORDS
        return self._words[run.start - 1].folded in TITLES and not (small and run.end == run.start + 1)

    def _letters(self, at: int, free: int) -> _Run | None:
        """Initials that stand for a whole name: "FEA", "F.E.A.", "F." where a name stands."""
        word = self._words[at]
        if len(word.written) in ACRONYM and word.written.isupper() and not word.shouted:
            people = self._forms.acronyms.get(word.folded, set())
            ordinary = self._forms.is_word(word.written.lower())
            return _Run(at, at + 1, people, [], sure=True) if people and not ordinary else None
        if not word.initial:
            return None
        end = at + 1
        last = min(len(self._words), at + MOST_INITIALS)
        while end < last and self._words[end].initial and self._words[end].gap in {".", ". "}:
            end += 1
        letters = "".join(word.folded for word in self._words[at:end])
        if len(letters) > 1:
            people = self._forms.acronyms.get(letters, set())
            return _Run(at, end, people, [], sure=True) if people else None
        return self._letter(at, free)

    def _letter(self, at: int, free: int) -> _Run | None:
        letter = self._words[at].folded
        start = at
        while start > free and start > at - MOST_PARTICLES and self._is_particle_before(start):
            start -= 1
        run = _Run(start, at + 1, set(), [], sure=False)
        if letter in self._forms.begun and (self._titled(run) or self._is_led(start, at)):
            run.sure = True
            return run
        run = _Run(at, at + 1, set(), [], sure=True)
        return run if letter in self._forms.forenames and self._is_subject(at) else None

    def _is_led(self, start: int, at: int) -> bool:
        """Whether particles of a name that goes on with this letter stand before it: "El K."."""
        lead = tuple(word.folded for word in self._words[start:at])
        parts = self._forms.begun[self._words[at].folded]
        known = any(lead in self._forms.leads[part] for part in parts)
        return bool(lead) and known and self._words[start].written[0].isupper()

    def _is_particle_before(self, at: int) -> bool:
        return self._words[at].gap == " " and self._words[at - 1].folded in PARTICLES

    def _is_subject(self, at: int) -> bool:
        """Whether a letter with its stop goes on in small letters, and is no "optie B."."""
        word = self._words[at]
        following = self._words[at + 1] if at + 1 < len(self._words) else None
        if following is None or following.gap != ". " or not following.written[0].islower():
            return False
        if word.opens:
            return True
        before = self._words[at - 1]
        return word.gap == " " and before.written.islower() and before.folded not in LABELS
