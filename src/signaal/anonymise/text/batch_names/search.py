"""Where the people of a batch stand in a text, and who is meant."""

from collections.abc import Iterator
from itertools import combinations

from signaal.anonymise.text.batch_names.parts import (
    Parts,
    is_calendar,
    is_forename,
    is_listed,
    is_place,
    is_thing,
)
from signaal.anonymise.text.batch_names.people import SHARED, BatchPeople, whole
from signaal.anonymise.text.batch_names.runs import Run, Runs
from signaal.anonymise.text.batch_names.word_lists import words
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.people.search import BEHIND_INITIAL, BETWEEN, MOST_PARTICLES
from signaal.anonymise.text.people.word_lists import (
    FUNCTION_WORDS,
    JOINING,
    PARTICLES,
    STOP_WORDS,
    TITLES,
)
from signaal.anonymise.text.people.words import Word
from signaal.schemas.entities import Entity

SHORT = 3
"""A word of so few letters is nobody's name by itself, unless nothing else is known, or behind "de"."""
_BEFORE_DATES = words("before_things.csv", thing="date")
_BEFORE_PLACES = words("before_things.csv", thing="place")


class Search:
    """Looks for the people of a batch among the words of one text."""

    def __init__(self, words: list[Word], people: BatchPeople, parts: Parts) -> None:
        self._words = words
        self._people = people
        self._parts = parts
        self._runs = Runs(words, people, parts)

    def finds(self) -> Iterator[tuple[int, int, Known]]:
        """Start, end and whose, of every place where a name stands, in order and without overlap."""
        at = free = 0
        while at < len(self._words):
            run = self._runs.read(at, free)
            if run and self._stands(run):
                yield self._words[run.start].start, self._words[run.end - 1].end, self._whose(run)
                at = free = run.end
            else:
                at += 1

    def _stands(self, run: Run) -> bool:
        """Whether a run is a name and not an ordinary word, by its words and by what stands around it."""
        if len(run.parts) > 1:
            return self._several_stand(run)
        word = self._words[run.first]
        if run.hit.other:
            return bool(run.initials) and not run.relative
        if self._is_titled(run):
            return word.written[0].isupper() or word.folded not in STOP_WORDS | FUNCTION_WORDS
        if run.initials:
            return self._stands_with_initials(run)
        return self._stands_alone(run)

    def _several_stand(self, run: Run) -> bool:
        """Two ordinary words in small letters must stand in the order of the name: "roos visser"."""
        words = self._words[run.first : run.end]
        small = [word.written.lower() for word in words if word.folded not in PARTICLES]
        if not all(self._parts.is_ordinary(each) for each in small):
            return True
        if any(word.capital for word in words):
            return True
        particles = tuple(word.folded for word in words if word.folded in PARTICLES)
        if particles and not any(particles in self._people.leads.get(part, ()) for part in run.parts):
            return False
        return not run.turned and STOP_WORDS.isdisjoint(small) and FUNCTION_WORDS.isdisjoint(small)

    def _stands_with_initials(self, run: Run) -> bool:
        word = self._words[run.first]
        if not run.hit.ordinary:
            return True
        if run.relative:
            return word.written[0].isupper() and not self._words[run.start].opens
        return word.written[0].isupper() or word.folded not in STOP_WORDS | FUNCTION_WORDS

    def _stands_alone(self, run: Run) -> bool:
        word, (part,), small = self._words[run.first], run.units, self._small(run)
        if small in FUNCTION_WORDS or self._is_thing(run) or self._is_place(run):
            return False
        if is_calendar(small):
            return part in self._people.wholes and self._is_capital(run) and not self._is_date(run)
        if len(part) <= SHORT:
            led = run.start < run.first or part in self._people.wholes
            return led and self._is_capital(run)
        if run.hit.ordinary:
            return self._is_capital(run)
        return word.capital or not run.hit.doubtful

    def _is_thing(self, run: Run) -> bool:
        """Whether a surname is sooner a language or a country; of a forename no list has them all."""
        return run.units[0] in self._people.surnames and is_thing(self._small(run))

    def _small(self, run: Run) -> str:
        """The first word of a name in small letters, where it is split as one."""
        return "".join(word.written for word in self._words[run.first : run.split]).lower()

    def _is_place(self, run: Run) -> bool:
        """Whether a place is meant: in small letters, or behind "in" or the like."""
        word, before = self._words[run.first], self._before(run)
        small = self._small(run)
        if not is_place(small):
            return False
        behind = before is not None and before.folded in _BEFORE_PLACES
        return behind or (word.written[0].islower() and not is_forename(small))

    def _is_date(self, run: Run) -> bool:
        """Whether a month or a day of the week is meant: there is a number or "sinds" beside it."""
        gaps = [self._words[run.start].gap, *(word.gap for word in self._words[run.end : run.end + 1])]
        before = self._words[run.start - 1].folded if run.start else ""
        return before in _BEFORE_DATES or any(letter.isdigit() for gap in gaps for letter in gap)

    def _is_titled(self, run: Run) -> bool:
        """Whether "mevrouw", "fam." or the like stands before it."""
        gap = self._words[run.start].gap
        return run.start > 0 and gap in BEHIND_INITIAL and self._words[run.start - 1].folded in TITLES

    def _is_capital(self, run: Run) -> bool:
        """Whether it has a capital in a sentence, and is no word in the name of something else."""
        before, behind = self._before(run), self._behind(run)
        led = before is None or not before.written[0].isupper() or self._opens_sentence(before)
        alone = behind is None or not behind.written[0].isupper() or self._is_name(behind)
        capital = any(word.capital for word in self._words[run.first : run.split])
        return capital and alone and (led or self._is_name(before))

    def _opens_sentence(self, word: Word) -> bool:
        return word.opens and word.folded in FUNCTION_WORDS | STOP_WORDS

    def _is_name(self, word: Word | None) -> bool:
        """Whether it is a listed forename or surname and no ordinary word."""
        small = word.written.lower() if word else ""
        return is_listed(small) and not self._parts.is_ordinary(small)

    def _before(self, run: Run) -> Word | None:
        """The word right before a run."""
        tied = run.start > 0 and self._words[run.start].gap in BETWEEN
        return self._words[run.start - 1] if tied else None

    def _behind(self, run: Run) -> Word | None:
        """The word right behind a run."""
        tied = run.end < len(self._words) and self._words[run.end].gap in BETWEEN
        return self._words[run.end] if tied else None

    def _whose(self, run: Run) -> Known:
        """The person whom a run can only mean; else somebody of that name by itself."""
        if run.alone and run.hit.own:
            return Known(Entity.PERSON, self._words[run.first].written)
        if not run.relative and not (run.alone and self._is_half(run)):
            person = self._person(run)
            if person != SHARED:
                return self._people.people[person]
        units = (self._people.spelt.get(unit, f"{unit.upper()}.") for unit in run.in_order)
        return Known(Entity.PERSON, " ".join(units))

    def _person(self, run: Run) -> int:
        person = self._people.wholes.get(whole(run.units), SHARED)
        if person != SHARED:
            return person
        if run.alone:
            return self._people.parts[run.units[0]]
        pairs = self._people.pairs
        keys = ((f"{one} {other}", f"{other} {one}") for one, other in combinations(run.in_order, 2))
        people = {pairs.get(key, pairs.get(turned, SHARED)) for key, turned in keys} - {SHARED}
        return people.pop() if len(people) == 1 else SHARED

    def _is_half(self, run: Run) -> bool:
        """Whether somebody else's name goes on beside it: "Fatima Yilmaz", and Fatima Amrani is known."""
        at = run.end
        while at < min(len(self._words), run.end + MOST_PARTICLES) and self._is_joining(at):
            at += 1
        led = at > run.end and at < len(self._words) and self._words[at].gap in BETWEEN
        behind = self._words[at] if led else self._behind(run)
        return any(word and self._goes_on(word) for word in (self._before(run), behind))

    def _is_joining(self, at: int) -> bool:
        return self._words[at].folded in JOINING and self._words[at].gap in BETWEEN

    def _goes_on(self, word: Word) -> bool:
        if not word.written[0].isupper() or word.folded in TITLES | FUNCTION_WORDS | STOP_WORDS:
            return False
        return word.capital or not self._parts.is_ordinary(word.written.lower())
