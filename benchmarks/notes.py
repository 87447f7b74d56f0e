"""Notes to measure speed with: own examples and training documents, filled with invented people."""

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

from training.documents import FORMS, MARK, Document, read_documents
from training.names import NameBook, Person, genitive, written_lists

EXAMPLES = Path(__file__).parents[1] / "examples" / "inbox" / "notities"
SHORTEST, LONGEST = 400, 1_500
_LAST_DIGIT = re.compile(r"[1-9](?!\d)")


def notes(amount: int, seed: int = 1) -> list[str]:
    """So many different notes of ``SHORTEST`` to ``LONGEST`` characters; the same seed gives the same."""
    chance = Random(seed)  # noqa: S311 - invented data, no secret
    parts = _parts(chance)
    made: dict[str, None] = {}
    note = ""
    while len(made) < amount:
        part = next(parts)
        longer = f"{note}\n\n{part}".strip()
        note = longer if len(longer) <= LONGEST else part
        if SHORTEST <= len(note) <= LONGEST:
            made[note] = None
            note = ""
    return list(made)


def pathological(size: int) -> dict[str, str]:
    """Texts as nobody writes them, each ``size`` times as long as it has to be to hurt."""
    return {
        "no blank": "a" * (100_000 * size),
        "digits": "0123456789" * (1_000 * size),
        "brackets": "(" * (10_000 * size) + ")" * (10_000 * size),
        "particles": "van de " * (50_000 * size),
    }


def _parts(chance: Random) -> Iterator[str]:
    """Every document and example, over and over, with other people and numbers each time."""
    book = NameBook(written_lists())
    trained, held_out = read_documents()
    documents = [*trained, *held_out, *_examples()]
    while True:
        chance.shuffle(documents)
        for document in documents:
            yield _filled(document.text, book, chance)


def _examples() -> list[Document]:
    texts = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.md")))
    return [Document("example", paragraph.strip()) for paragraph in texts.split("\n\n") if paragraph.strip()]


def _filled(text: str, book: NameBook, chance: Random) -> str:
    people: dict[str, Person] = {}

    def value(mark: re.Match[str]) -> str:
        if not mark["person"]:
            return _LAST_DIGIT.sub(lambda _: str(chance.randint(1, 9)), mark["text"])
        person = people.setdefault(mark["person"], book.person(chance))
        return _written(person, mark["form"])

    return MARK.sub(value, text)


def _written(person: Person, form: str | None) -> str:
    match FORMS.get(form, "s"):
        case "FIRST" | "NICK":
            return person.forename
        case "FULL" | "TITLED":
            return f"{person.forename} {person.surname}"
        case "LAST":
            return person.surname
        case "INIT":
            return f"{person.initials} {person.surname}"
        case "LASTFIRST":
            return f"{person.surname}, {person.forename}"
    return genitive(person.forename)
