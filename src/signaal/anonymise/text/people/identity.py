"""Who is meant: the finds of a document sorted into people, the fullest name first."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from signaal.anonymise.text.people.forms import Forms, Hit, IsWord
from signaal.anonymise.text.people.known import Known
from signaal.anonymise.text.people.names import Name, name_of, tells
from signaal.anonymise.text.people.words import Word
from signaal.schemas.entities import Entity

LEAST_SURE_NAME = 0.5
"""A name of several words that was found with less is masked where it stands and nowhere else."""
LEAST_SURE_WORD = 0.7
"""The same for a name of one word: a wrong one would mask that word all over the text."""
LEAST_SURE_ORDINARY = 0.8
"""And for one that is an ordinary word, which is repeated with its capital only."""


@dataclass(frozen=True, slots=True, repr=False)
class Find:
    """A name found in a text, how sure, and where; ``listed`` ones are spelled as a column has them."""

    value: str
    score: float
    start: int = 0
    listed: bool = False


class People:
    """The people of one document; ``known`` grows by everybody who is new.

    Two finds are one person when the words of one are all among those of the other, initials standing
    for any word that they begin. A find that fits two people is a person of its own.
    """

    def __init__(self, known: Sequence[Known], is_word: IsWord) -> None:
        self.known = list(known)
        self.forms = Forms(is_word)
        """What is searched for in the text."""
        self._all = Forms(is_word)
        self._given = range(len(known))
        self._names: dict[int, list[Name]] = {}
        self._meant: dict[str, int | None] = {}
        self._keys: dict[tuple[str, ...], int] = {}
        for person, term in enumerate(known):
            if term.entity is Entity.PERSON:
                self._take(person, name_of(term.value), spread=True)

    def add(self, finds: Iterable[Find]) -> None:
        """Sorts finds into people; their order makes no difference."""
        best: dict[str, Find] = {}
        for find in finds:
            best[find.value] = max(find, best.get(find.value, find), key=_weight)
        cases = ((find, self._pure(name_of(find.value))) for find in best.values())
        for find, name in sorted(cases, key=_fullness):
            if name.telling:
                value = find.value if find.listed else None
                person = self._person(name, given=True, value=value)
                self._take(person, name, spread=self._may_spread(find, name))

    def whose(self, written: str) -> int | None:
        """The index of the person meant by something that stands in the text; None for no name at all."""
        if written not in self._meant:
            name = self._pure(name_of(written))
            self._meant[written] = self._person(name, given=False) if name.words else None
        return self._meant[written]

    def _pure(self, name: Name) -> Name:
        """A name without the ordinary words in small letters that were found with it: "Roos wijkteam"."""
        if not any(word.written[0].isupper() for word in name.telling):
            return name
        return Name(
            tuple(
                word
                for word in name.words
                if not tells(word) or word.written[0].isupper() or not self.forms.is_word(word.written)
            )
        )

    def _take(self, person: int, name: Name, *, spread: bool) -> None:
        self._keys.setdefault(name.key, person)
        if all(name.key != other.key for other in self._names.setdefault(person, [])) and name.telling:
            self._names[person].append(name)
            self._all.add(person, name)
        if spread:
            self.forms.add(person, name)

    def _may_spread(self, find: Find, name: Name) -> bool:
        if len(name.telling) > 1:
            return find.score >= LEAST_SURE_NAME
        ordinary = self.forms.is_word(name.telling[0].written.lower())
        return find.score >= (LEAST_SURE_ORDINARY if ordinary else LEAST_SURE_WORD)

    def _person(self, name: Name, *, given: bool, value: str | None = None) -> int:
        """Whose name it is, and who is new; a name that was found by itself is no slip of another."""
        if name.key not in self._keys:
            parts = self._parts(name, given=given)
            people = self._fitting(name, parts) or self._within(parts)
            spelling = (*parts, *name.initials) if len(people) > 1 else name.key
            self._keys[name.key] = people.pop() if len(people) == 1 else self._own(name, spelling, value)
        return self._keys[name.key]

    def _parts(self, name: Name, *, given: bool) -> tuple[str, ...]:
        """The telling words in the spelling that is known of them, or their own."""
        hits = list(self._hits(name.telling))
        slips_count = not given or any(hit and not hit.slip for _, hit in hits)
        return tuple(
            part
            for word, hit in hits
            for part in (hit.parts if hit and (slips_count or not hit.slip) else (word.folded,))
        )

    def _hits(self, words: Sequence[Word]) -> Iterator[tuple[Word, Hit | None]]:
        rest = iter(zip_longest(words, words[1:]))
        for word, following in rest:
            hit = self._all.look_up(word)
            split = self._all.look_up_split(word, following) if following and not hit else None
            yield word, hit or split
            if split:
                next(rest)

    def _fitting(self, name: Name, parts: tuple[str, ...]) -> set[int]:
        """Everybody of whose name this is a part."""
        whole = "".join(word.folded for word in name.words)
        if name.key == (whole,) and name.words[0].written.isupper() and whole in self._all.acronyms:
            return set(self._all.acronyms[whole])
        if not parts:
            return self._with_initials(name, whole)
        return {
            person
            for person in self._all.owners_of(parts)
            if any(_has_room(other, parts, name.initials) for other in self._names[person])
        }

    def _with_initials(self, name: Name, whole: str) -> set[int]:
        if len(name.words) > 1 and whole in self._all.acronyms:
            return set(self._all.acronyms[whole])
        if len(name.initials) != 1:
            return set()
        (letter,) = name.initials
        forenames = range(1) if len(name.words) == 1 else range(0)
        begins = {
            person: {at for at, word in enumerate(other.telling) if word.folded[0] == letter}
            for person, names in self._names.items()
            for other in names
        }
        by_forename = {person for person, places in begins.items() if places & set(forenames)}
        return by_forename or {person for person, places in begins.items() if places}

    def _within(self, parts: tuple[str, ...]) -> set[int]:
        """The first of a record's own people whose whole name this holds."""
        holding = (
            person
            for person in self._given
            if any(set(_spelling(other)) <= set(parts) for other in self._names.get(person, ()))
        )
        return set(islice(holding, 1))

    def _own(self, name: Name, spelling: tuple[str, ...], value: str | None) -> int:
        """A person of its own; of a name that fits several, one for its genitive and misspelt forms too."""
        if spelling not in self._keys:
            written = " ".join(spelling if spelling != name.key else (word.written for word in name.words))
            self._keys[spelling] = len(self.known)
            self.known.append(Known(Entity.PERSON, value or written))
        return self._keys[spelling]


def _weight(find: Find) -> tuple[bool, float, int]:
    return find.listed, find.score, -find.start


def _spelling(name: Name) -> tuple[str, ...]:
    return tuple(word.folded for word in name.telling)


def _has_room(name: Name, parts: tuple[str, ...], initials: tuple[str, ...]) -> bool:
    """Whether a name has these words, and further ones that begin with these letters."""
    free = list(_spelling(name))
    for part in parts:
        if part not in free:
            return False
        free.remove(part)
    begun = Counter(part[0] for part in free)
    return not Counter(initials) - begun


def _fullness(case: tuple[Find, Name]) -> tuple[int, int, bool, int, int, str]:
    """Fuller names first; of names of one word the shorter, which others may be the genitive of."""
    find, name = case
    words = len(name.telling)
    length = len(find.value)
    return (
        -words,
        -len(name.initials),
        not find.listed,
        length if words == 1 else -length,
        find.start,
        find.value,
    )
