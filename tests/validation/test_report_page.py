"""What the page says of a run: in its order, complete, and no more than was measured."""

import html
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from signaal.schemas.declaration import Role
from signaal.schemas.entities import Entity
from signaal.schemas.errors import Code
from signaal.schemas.report import FileReport, RunReport, State
from signaal.schemas.verdict import Check, Outcome
from signaal.validation.report import render, write
from signaal.validation.report.words import load_words

NIGHT = datetime(2026, 11, 23, 1, 0, 4, tzinfo=UTC)
WORDS = load_words()
RICH = RunReport.model_validate_json(
    (Path(__file__).parent / "test_report_rich.json").read_text(encoding="utf-8")
)


def run(*files: FileReport) -> RunReport:
    return RunReport(run_id="nacht-1", started=NIGHT, ended=NIGHT, engine_version="0.1.0", files=files)


def loaded(label: str = "0a1b2c3d4e.csv", **more: object) -> FileReport:
    return FileReport(label=label, state=State.LOADED, source="enquete", **more)  # type: ignore[arg-type]


def held(*outcomes: Outcome, label: str = "0a1b2c3d4e.csv", **more: object) -> FileReport:
    return FileReport(label=label, state=State.HELD, source="enquete", held_for=outcomes, **more)  # type: ignore[arg-type]


def text_of(page: str) -> str:
    """What a reader sees, with single spaces."""
    body = re.sub(r"(?s)<style>.*?</style>", " ", page)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def section(page: str, ident: str) -> str:
    found = re.search(rf'(?s)<section aria-labelledby="{ident}">(.*?)</section>', page)
    assert found, ident
    return text_of(found[1])


def test_the_sections_come_in_their_order() -> None:
    headings = [text_of(heading) for heading in re.findall(r"(?s)<h2[^>]*>(.*?)</h2>", render(RICH))]
    assert headings == [
        "In het kort",
        "Wat kwam er binnen",
        "Wat is er gevonden",
        "Wat is weggelaten",
        "Wat wacht en waarom",
        "Herleidbaarheid",
        "Alle bestanden",
        "Over dit verslag",
    ]


def test_the_head_tells_when_and_which_run() -> None:
    page = text_of(render(RICH))
    assert "maandag 23 november 2026, 02.00 uur – duurde 2 minuten en 14 seconden" in page
    assert "Nummer van deze verwerking: 20261123-020004-5f1c" in page


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (run(), "Er stonden geen bestanden klaar; je hoeft niets te doen."),
        (run(loaded()), "Alles is verwerkt; je hoeft niets te doen."),
        (run(loaded(), held(label="b.csv")), "1 bestand wacht op jou: 1 vastgehouden."),
        (RICH, "10 bestanden wachten op jou: 4 vastgehouden, 5 niet gelezen en 1 mislukt."),
    ],
    ids=["nothing", "done", "one", "many"],
)
def test_one_sentence_says_what_to_do_now(report: RunReport, said: str) -> None:
    assert f'<p class="now">{said}</p>' in render(report)


def test_the_cards_add_up() -> None:
    cards = dict(
        re.findall(r'<dt>([^<]+)</dt>\s*<dd class="number">([^<]+)</dd>', render(RICH)),
    )
    assert cards == {
        "Bestanden": "60",
        "Records": "3.231",
        "Vrije teksten": "6.152",
        "Persoonsgegevens gevonden": "9.179",
        "Geladen": "42",
        "Al bekend": "8",
        "Vastgehouden": "4",
        "Niet gelezen": "5",
        "Mislukt": "1",
    }


def test_every_file_that_needs_attention_is_named_with_its_reasons() -> None:
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", render(RICH).split('id="wachten"')[1].split("</section>")[0])
    said = [text_of(row) for row in rows]
    for file in RICH.in_state(State.HELD, State.NOT_TAKEN, State.FAILED):
        mine = [row for row in said if row.startswith(file.label)]
        assert len(mine) == (len(file.held_for) or 1)
        assert file.message in " ".join(mine)
        for outcome in file.held_for:
            assert outcome.column is None or any(outcome.column in row for row in mine)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (
            Outcome(check=Check.K_ANONYMITY, passed=False, failures=14, measured=3, limit=5),
            "De kleinste groep met dezelfde kenmerken telt 3 records; de grens is 5.",
        ),
        (
            Outcome(check=Check.K_ANONYMITY, passed=False, measured=1, limit=5),
            "De kleinste groep met dezelfde kenmerken telt 1 record; de grens is 5.",
        ),
        (
            Outcome(check=Check.SUPPRESSION, passed=False, measured=0.0512, limit=0.05),
            "moest 5,1 % van de kenmerken leeg; de grens is 5 %.",
        ),
        (
            Outcome(check=Check.MASKED_SHARE, passed=False, measured=0.713, limit=0.5),
            "is 71,3 % vervangen; de grens is 50 %.",
        ),
        (
            Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1234),
            "vond op 1.234 plaatsen mogelijk nog een persoonsgegeven.",
        ),
        (Outcome(check=Check.K_ANONYMITY, passed=False), WORDS.checks[Check.K_ANONYMITY].plain),
        (Outcome(check=Check.RECORDS_UNIQUE, passed=False), WORDS.checks[Check.RECORDS_UNIQUE].plain),
    ],
)
def test_a_reason_is_a_sentence_with_measure_and_limit(outcome: Outcome, said: str) -> None:
    assert said in section(render(run(held(outcome))), "wachten")


@pytest.mark.parametrize("check", Check)
def test_every_check_says_what_to_do(check: Check) -> None:
    said = section(render(run(held(Outcome(check=check, passed=False, failures=2)))), "wachten")
    assert WORDS.checks[check].title in said
    assert text_of(re.sub("`", " ", WORDS.checks[check].action))[:30] in said


@pytest.mark.parametrize("code", [*Code, None])
@pytest.mark.parametrize("state", [State.NOT_TAKEN, State.FAILED])
def test_every_problem_says_what_it_is_and_shows_the_message(code: Code | None, state: State) -> None:
    file = FileReport(label="0a1b2c3d4e.csv", state=state, problem=code, message="What, where, what to do.")
    said = section(render(run(file)), "wachten")
    words = WORDS.codes[code] if code else WORDS.no_code
    assert words.title in said
    assert words.meaning in said
    assert "What, where, what to do." in said
    assert ("signaal propose 0a1b2c3d4e.csv" in said) is words.propose


def test_a_held_file_without_a_reason_is_not_passed_over() -> None:
    passed = Outcome(check=Check.K_ANONYMITY, passed=True, measured=9, limit=5)
    said = section(render(run(held(label="een.csv"), held(passed, label="twee.csv"))), "wachten")
    assert WORDS.no_check.title in said
    assert "een.csv" in said
    assert "twee.csv" in said


def test_columns_that_nobody_declared_are_named_with_their_file() -> None:
    files = [loaded(f"{index}.csv", dropped=("Opmerking", "IP")) for index in range(30)]
    said = section(render(run(*files, loaded("anders.csv", dropped=("Naam kind",)))), "weggelaten")
    assert all(f"{index}.csv" in said for index in range(30))
    assert said.count("Opmerking") == 1
    assert re.search(r"anders\.csv enquete Naam kind", said)
    assert re.search(r"Niet afgesproken Weggelaten omdat niemand heeft gezegd wat ermee moet\. 61", said)


NAMES_FOUND = Outcome(check=Check.NO_PERSONAL_DATA_LEFT, passed=False, failures=1)
NOT_RUN = Outcome(check=Check.COULD_RUN, passed=False, failures=1)


@pytest.mark.parametrize(
    "file",
    [
        held(NAMES_FOUND, dropped=("Bel Jansen", "IP")),
        held(NOT_RUN, dropped=("Bel Jansen", "IP")),
        held(dropped=("Bel Jansen", "IP")),
        FileReport(label="a.csv", state=State.FAILED, source="enquete", dropped=("Bel Jansen", "IP")),
    ],
    ids=["found", "not run", "no reason", "failed"],
)
def test_names_of_columns_that_no_check_found_harmless_are_withheld(file: FileReport, tmp_path: Path) -> None:
    said = section(render(run(file)), "weggelaten")
    assert said.count("naam niet getoond: mogelijk een persoonsgegeven") == 2
    write(run(file), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if b"Jansen" in path.read_bytes()] == []


def test_a_column_with_personal_data_does_not_hide_the_names_of_others() -> None:
    file = held(NAMES_FOUND.model_copy(update={"column": "toelichting"}), dropped=("Opmerking",))
    assert "Opmerking" in section(render(run(file)), "weggelaten")


def test_a_class_size_that_was_overstated_is_not_called_too_small() -> None:
    outcome = Outcome(check=Check.K_ANONYMITY, passed=False, measured=7, limit=5)
    page = render(run(held(outcome, k_before=1, k_after=9)))
    assert "De controle telde in de kleinste groep 7 records. Dat is genoeg, maar minder" in page
    assert "telling klopt niet" in section(page, "herleidbaarheid")
    assert "niet gehaald" not in section(page, "herleidbaarheid")


def test_columns_are_counted_by_role_and_emptied_cells_are_told() -> None:
    said = section(render(run(loaded(roles={Role.KEEP: 1300, Role.DROP: 2}, unparsed=7))), "weggelaten")
    assert "Bewaard Ongewijzigd bewaard. 1.300" in said
    assert "0a1b2c3d4e.csv enquete 7" in said


def test_findings_are_sorted_with_their_share() -> None:
    report = run(loaded(findings={Entity.AGE: 1, Entity.PERSON: 2999, Entity.URL: 0}))
    said = section(render(report), "gevonden").replace("\N{NO-BREAK SPACE}", " ")
    assert "Namen van personen PERSON 2.999 > 99,9 % Leeftijden AGE 1 < 0,1 % Totaal 3.000" in said
    assert "Webadressen" not in said


def test_the_page_claims_no_more_than_was_measured() -> None:
    for report in (RICH, run(), run(loaded(k_before=80, k_after=80))):
        page = render(report)
        said = section(page, "herleidbaarheid")
        assert "zijn gepseudonimiseerd" in said
        assert "Het risico over de hele bron, over meer bestanden samen, is nog niet gemeten." in said
        assert said.count("Nog niet gemeten.") == 4
        assert "anoniem" not in page.lower()
        assert "geanonimiseerd" not in page.lower()
    assert "Nee, in deze verwerking niet." in section(render(run(loaded())), "herleidbaarheid")


def test_k_is_shown_before_and_after_with_what_missed_its_limit_on_top() -> None:
    missed = Outcome(check=Check.K_ANONYMITY, passed=False, measured=3, limit=5)
    report = run(
        loaded("hoog.csv", k_before=2, k_after=1200, suppressed=0.005),
        loaded("laag.csv", k_before=1, k_after=2),
        held(missed, label="mis.csv", k_before=1, k_after=3),
        held(label="half.csv", k_before=1),
    )
    said = section(render(report), "herleidbaarheid").replace("\N{NO-BREAK SPACE}", " ")
    rows = said.split("Grens ")[1]
    assert rows.startswith("mis.csv enquete 1 3 0 % niet gehaald (minstens 5) half.csv enquete 1 – 0 % –")
    assert rows.endswith("laag.csv enquete 1 2 0 % gehaald hoog.csv enquete 2 1.200 0,5 % gehaald")


def test_ten_thousand_files_keep_those_that_wait_in_full_and_cap_the_rest() -> None:
    waits = [FileReport(label=f"w{n}.csv", state=State.NOT_TAKEN, problem=Code.EMPTY) for n in range(400)]
    rest = [loaded(f"g{n}.csv", k_before=1, k_after=n) for n in range(9600)]
    page = render(run(*rest, *waits))
    assert all(page.count(f">w{n}.csv<") == 2 for n in range(400))
    said = section(page, "bestanden")
    assert len(re.findall(r"\bg\d+\.csv", said)) == 200
    assert "Niet getoond: 9.400 bestanden (geladen of al bekend)." in said
    assert "Niet getoond: 9.400 bestanden met een even grote of hogere k" in section(page, "herleidbaarheid")
    assert len(page) < 1_000_000


def test_many_sources_share_the_last_bar_but_not_the_table() -> None:
    files = [FileReport(label=f"{n}", state=State.LOADED, source=f"bron_{n:02d}") for n in range(30)]
    page = render(run(*files))
    chart = page.split('id="bronnen-titel"')[1].split("</svg>")[0]
    assert chart.count("<g>") == 20
    assert "overige bronnen" in chart
    assert all(f'<th scope="row">bron_{n:02d}</th>' in page for n in range(30))


def test_a_single_held_file_among_thousands_can_be_seen_in_the_picture() -> None:
    files = [loaded(f"{n}.csv") for n in range(5000)]
    page = render(run(*files, held(label="x.csv")))
    width = re.search(r'class="bar tone-held" x="[\d.]+%" y="\d+" width="([\d.]+)%"', page)
    assert width
    assert float(width[1]) > 0.5


def test_an_empty_run_says_so_in_every_section() -> None:
    page = render(run())
    assert page.count('class="empty"') == 6
    assert "<svg" not in page
