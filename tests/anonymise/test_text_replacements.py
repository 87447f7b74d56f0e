"""What stands in the place of findings: every way, as data and as rules."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from signaal.anonymise.pseudonyms import KEY_BYTES, Keys
from signaal.anonymise.text.operators.invented import words_to_avoid
from signaal.anonymise.text.operators.replacement import (
    ONLY_FOR,
    How,
    Replacements,
    default_replacements,
    read_replacements,
)
from signaal.anonymise.text.operators.shifted import LONGEST_SHIFT, SHORTEST_SHIFT, days_back
from signaal.anonymise.text.operators.stand_in import genitive
from signaal.anonymise.text.operators.written_date import date_words, written_date
from signaal.anonymise.text.people import Known
from signaal.anonymise.text.people.words import fold
from signaal.anonymise.text.replace import Replacer
from signaal.anonymise.text.spans import Span
from signaal.schemas.entities import Entity
from signaal.schemas.errors import ConfigurationError
from signaal.schemas.settings import Settings
from signaal.validation.second_look import SecondLook
from signaal.validation.shapes import shapes

CASES = yaml.safe_load((Path(__file__).parent / "replacement_cases.yaml").read_text(encoding="utf-8"))
KEYS, OTHER_KEYS = Keys(b"k" * KEY_BYTES), Keys(b"o" * KEY_BYTES)
MARKED = re.compile(r"\{(\w+)(?:/([^|]*))?\|([^}]*)\}")
PEOPLE = ["Fatima Idrissi", "Jan de Vries", "Mehmet Yılmaz", "Kwame Mensah", "Xandrix", "Ewa Nowak", "H. Bos"]
people = st.sampled_from(PEOPLE)
# The lists of names are read in the first example that needs them.
unhurried = settings(deadline=None)
words = st.sampled_from(["en", "kwam", "met", "(moe)", "ja,", "nee.", "daarna:", "\n", "haar"])
dates = st.dates(date(1900, 1, 1), date(2034, 12, 31))

Marked = tuple[str, list[Span], list[Known]]


def replacements(how: dict[str, str]) -> Replacements:
    chosen = default_replacements().model_dump(mode="json")["of"]
    for entity, way in how.items():
        chosen[entity]["how"] = way
    return Replacements.model_validate({"of": chosen})


def replacer(keys: Keys = KEYS, **how: str) -> Replacer:
    return Replacer(keys, replacements(how))


def read(marked: str) -> Marked:
    """The text of a case, its spans and the people that they point at."""
    text, at, spans, known = "", 0, [], dict[str, int]()
    for found in MARKED.finditer(marked):
        text += marked[at : found.start()]
        at, start = found.end(), len(text)
        text += found[3]
        person = known.setdefault(found[2] or found[3], len(known)) if found[1] == "PERSON" else None
        spans.append(Span(start, len(text), Entity(found[1]), 0.9, "test", person))
    return text + marked[at:], spans, [Known(Entity.PERSON, name) for name in known]


def stand_in_of(marked: str, keys: Keys = KEYS, **how: str) -> list[str]:
    return list(replacer(keys, **how).replaced(*read(marked)).stand_ins)


@pytest.mark.parametrize("case", CASES["texts"], ids=lambda case: f"{case['how']} {case['text'][:30]}")
def test_what_stands_for_a_finding(case: dict[str, Any]) -> None:
    assert replacer(**case["how"]).replace(*read(case["text"])) == case["gives"]


def test_without_a_choice_people_have_pseudonyms_and_all_else_a_word() -> None:
    text, spans, known = read("{PERSON|Jan} in {LOCATION|Goes}, {AGE|34 jaar}, {NL_BSN|123456782}")
    pseudonym = KEYS.pseudonym(Entity.PERSON, "jan")
    assert (
        Replacer(KEYS).replace(text, spans, known) == f"[PERSOON-{pseudonym}] in [PLAATS], [LEEFTIJD], [BSN]"
    )


@pytest.mark.parametrize("case", CASES["moved"], ids=lambda case: case["date"])
def test_a_moved_date_is_written_as_it_was(case: dict[str, Any]) -> None:
    read_date = written_date(case["date"])
    assert (read_date and read_date.moved(case["days"])) == case["gives"]


@pytest.mark.parametrize(("name", "whose"), CASES["genitives"].items())
def test_a_genitive_is_spelled_as_dutch_has_it(name: str, whose: str) -> None:
    assert genitive(name) == whose


def written(day: date, form: str) -> str:
    month, weekday = date_words().months[day.month - 1][0], date_words().weekdays[day.weekday()][0]
    return form.format(day=day, month=month, weekday=weekday, year=day.year)


FORMS = ["{day:%d-%m-%Y}", "{day:%Y-%m-%d}", "{day.day} {month} {year}", "{weekday} {day.day} {month} {year}"]


@unhurried
@given(dates, st.sampled_from(FORMS), st.integers(SHORTEST_SHIFT, LONGEST_SHIFT))
def test_a_date_lies_so_many_days_earlier_and_its_weekday_is_right(day: date, form: str, days: int) -> None:
    read_date = written_date(written(day, form))
    assert read_date is not None
    assert read_date.moved(days) == written(day - timedelta(days=days), form)


@unhurried
@given(
    st.text(),
    st.dates(date(2023, 1, 1), date(2024, 12, 31)),
    st.sampled_from(["{day.day} {month}", "{day:%d-%m}"]),
)
def test_a_shifted_date_never_stays_as_it_is(document: str, day: date, form: str) -> None:
    text = written(day, form)
    span = Span(0, len(text), Entity.DATE_TIME, 0.9, "test")
    assert replacer(DATE_TIME="shifted").replace(text, [span], (), document) != text


@unhurried
@given(dates, st.sampled_from(FORMS), words)
def test_shifted_dates_pass_the_second_look(day: date, form: str, word: str) -> None:
    text, spans, _ = read(f"{word} {{DATE_TIME|{written(day, form)}}} {word}")
    assert not SecondLook(()).finds(replacer(DATE_TIME="shifted").replace(text, spans))


def test_all_dates_of_a_document_move_together_and_those_of_another_differently() -> None:
    assert len({days_back(KEYS, str(number)) for number in range(500)}) > 200
    text, spans, _ = read("{DATE_TIME|10-06-2020} tot {DATE_TIME|20-06-2020}")
    shown = replacer(DATE_TIME="shifted").replace(text, spans, (), "a document")
    one, other = (written_date(moved) for moved in shown.split(" tot "))
    assert one is not None
    assert other is not None
    assert other.day - one.day == timedelta(days=10)


@unhurried
@given(st.integers(0, 129), st.sampled_from(["{} jaar", "{}-jarige", "{}"]))
def test_an_age_lies_in_its_band(age: int, form: str) -> None:
    (band,) = stand_in_of(f"{{AGE|{form.format(age)}}}", AGE="generalised")
    first, _, last = band.strip("[]").removesuffix(" jaar").partition("-")
    assert int(first.rstrip("+")) <= age
    assert age <= int(last) if last else age >= 90


@unhurried
@given(st.lists(st.one_of(words, people.map(lambda name: f"{{PERSON|{name}}}")), max_size=12))
def test_what_is_removed_leaves_no_double_blanks_nor_stray_marks(parts: list[str]) -> None:
    text = replacer(PERSON="removed").replace(*read(re.sub(" *\n *", "\n", " ".join(parts))))
    assert not re.search(r"  | [,.;:!?)]|\( |\(\)|[,;:][,;:]", text)
    assert not any(name in text for name in PEOPLE)


@unhurried
@given(
    st.lists(people, min_size=1, max_size=6),
    st.sampled_from(["word", "pseudonym", "numbered", "stand_in", "masked"]),
)
def test_the_same_key_gives_the_same_text_and_no_name_stays(names: list[str], how: str) -> None:
    marked = " en ".join(f"{{PERSON|{name}}}" for name in names)
    first, again = (replacer(PERSON=how).replace(*read(marked)) for _ in range(2))
    assert first == again
    assert not words_to_avoid(names) & words_to_avoid([re.sub(r"\[[^]]*\]", "", first)])


BRACKETED = [
    ("PERSON", "pseudonym", "Jan"),
    ("LOCATION", "numbered", "Goes"),
    ("AGE", "generalised", "34"),
    ("AGE", "generalised", "93 jaar"),
    ("NL_POSTCODE", "generalised", "3011 AB"),
    ("DATE_TIME", "generalised", "5 mei"),
    *(("DATE_TIME", "generalised", f"1-{month}-2024") for month in range(1, 13)),
    ("PERSON", "masked", "Jan"),
    *((entity, "word", "x") for entity in Entity),
]


@pytest.mark.parametrize(("entity", "how", "text"), BRACKETED)
def test_the_second_look_knows_whatever_stands_for_a_finding(entity: str, how: str, text: str) -> None:
    (stand_in,) = stand_in_of(f"{{{entity}|{text}}}", **{entity: how})
    assert shapes().own_placeholder.fullmatch(stand_in)
    assert shapes().placeholder.fullmatch(stand_in)
    assert not SecondLook(()).finds(f"{stand_in} en {stand_in}")


def test_a_part_of_a_name_becomes_the_same_part_of_the_stand_in() -> None:
    name = "Fatima Idrissi"
    whole, first, last, initial, whose, loud = stand_in_of(
        f"{{PERSON|{name}}} {{PERSON/{name}|Fatima}} {{PERSON/{name}|Idrissi}} {{PERSON/{name}|F. Idrissi}}"
        f" {{PERSON/{name}|Fatimas}} {{PERSON/{name}|FATIMA}}",
        PERSON="stand_in",
    )
    assert whole == f"{first} {last}"
    assert initial == f"{first[0]}. {last}"
    assert whose == genitive(first)
    assert loud == first.upper()


def test_a_possessive_that_stands_outside_the_finding_becomes_that_of_the_stand_in() -> None:
    text, spans, known = read("{PERSON|Fatima}'s broer")
    shown = replacer(PERSON="stand_in").replaced(text, spans, known)
    (alone,) = stand_in_of("{PERSON|Fatima}", PERSON="stand_in")
    assert shown.text == f"{genitive(alone)} broer"


@pytest.mark.parametrize(
    ("name", "sex"), [("Fatima Idrissi", "female"), ("Mehmet Yılmaz", "male"), ("Sanne Bos", "female")]
)
def test_a_stand_in_has_the_sex_of_the_forename(name: str, sex: str) -> None:
    from signaal.anonymise.text.operators.invented import name_list, sources

    found = {
        stand_in_of(f"{{PERSON|{name}}}", Keys(bytes([n]) * KEY_BYTES), PERSON="stand_in")[0]
        for n in range(9)
    }
    lists = [name_list(locale) for locale in sources().locales.values()]
    listed = {fold(forename) for each in lists for forename in getattr(each, sex)}
    assert all(fold(stand_in.split()[0]) in listed for stand_in in found)


def test_a_name_gets_a_stand_in_of_its_own_origin_where_the_lists_tell_it() -> None:
    from signaal.anonymise.text.operators.invented import bearer_of, name_list, sources

    assert bearer_of("mehmet", [fold("Yılmaz")]).surnames == name_list("tr_TR").surnames
    assert bearer_of("kwame", ["mensah"]).surnames == name_list("tw_GH").surnames
    unknown = bearer_of("xandrix", [])
    assert unknown.surnames == name_list("nl_NL").surnames
    assert unknown.forenames == sources().neutral


def test_stand_ins_are_the_same_in_every_text_of_a_project_and_others_elsewhere() -> None:
    here = [stand_in_of(f"{{PERSON|{name}}}", PERSON="stand_in") for name in PEOPLE]
    again = [stand_in_of(f"{{AGE|34}}, {{PERSON|{name}}}", PERSON="stand_in")[1:] for name in PEOPLE]
    assert here == again
    assert here != [stand_in_of(f"{{PERSON|{name}}}", OTHER_KEYS, PERSON="stand_in") for name in PEOPLE]


@unhurried
@given(st.lists(people, min_size=1, max_size=4))
def test_nobody_of_the_batch_is_a_stand_in(names: list[str]) -> None:
    marked = ", ".join(f"{{PERSON|{name}}}" for name in names)
    chosen = replacer(PERSON="stand_in")
    taken = chosen.replaced(*read(marked)).stand_ins
    text, spans, known = read(marked)
    shown = chosen.replace(text, spans, known, avoid=words_to_avoid(taken))
    assert not words_to_avoid([shown]) & words_to_avoid(taken)
    assert not SecondLook([*taken, *names]).finds(shown)


@pytest.mark.parametrize(
    ("entity", "text"),
    [("LOCATION", "Goes"), ("ORGANIZATION", "De Wissel"), ("NL_STREET_ADDRESS", "Dorpsstraat 12-b")],
)
def test_places_organisations_and_addresses_get_invented_ones(entity: str, text: str) -> None:
    (stand_in,) = stand_in_of(f"{{{entity}|{text}}}", **{entity: "stand_in"})
    assert stand_in
    assert "[" not in stand_in
    assert not words_to_avoid([text]) & words_to_avoid([stand_in])
    assert bool(re.search(r"\d", stand_in)) == bool(re.search(r"\d", text))
    assert not SecondLook([text]).finds(f"in {stand_in}.")


def test_where_every_invented_name_is_real_the_pseudonym_stands() -> None:
    from signaal.anonymise.text.operators.invented import towns

    text, spans, known = read("{LOCATION|Goes}")
    shown = replacer(LOCATION="stand_in").replace(text, spans, known, avoid=words_to_avoid(towns()))
    assert shown == f"[PLAATS-{KEYS.pseudonym(Entity.LOCATION, 'Goes')}]"


@pytest.mark.parametrize("case", CASES["wrong_files"], ids=lambda case: case["file"] or "empty")
def test_a_wrong_file_of_replacements_is_one_clear_sentence(tmp_path: Path, case: dict[str, Any]) -> None:
    (tmp_path / "eigen.yaml").write_text(case["file"])
    with pytest.raises(ConfigurationError) as raised:
        read_replacements(Settings(workspace=tmp_path, replacements=Path("eigen.yaml")))
    assert all(name in raised.value.message for name in ["eigen.yaml", *case["names"]])
    assert "\n" not in raised.value.message


def test_a_file_of_replacements_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"eigen\.yaml"):
        read_replacements(Settings(workspace=tmp_path, replacements=Path("eigen.yaml")))


def test_a_project_chooses_only_what_it_wants_otherwise(tmp_path: Path) -> None:
    (tmp_path / "eigen.yaml").write_text("PERSON: {how: numbered}\nAGE: {how: generalised, bands: [0, 50]}\n")
    own = read_replacements(Settings(workspace=tmp_path, replacements=Path("eigen.yaml")))
    text, spans, known = read("{PERSON|Jan} ({AGE|34}) uit {LOCATION|Goes}")
    assert Replacer(KEYS, own).replace(text, spans, known) == "[PERSOON-1] ([0-49 jaar]) uit [PLAATS]"


@pytest.mark.parametrize("how", How)
def test_every_way_says_for_whom_it_is(how: How, tmp_path: Path) -> None:
    allowed: Callable[[Entity], bool] = lambda entity: entity in ONLY_FOR.get(how, tuple(Entity))  # noqa: E731
    for entity in Entity:
        (tmp_path / "eigen.yaml").write_text(f"{entity}: {{how: {how}}}")
        own = Settings(workspace=tmp_path, replacements=Path("eigen.yaml"))
        if allowed(entity):
            assert read_replacements(own).of[entity].how is how
        else:
            with pytest.raises(ConfigurationError, match=entity):
                read_replacements(own)
