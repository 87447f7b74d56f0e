"""Inboxes of invented files with planted personal data, and workspaces to take them in."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

from docx import Document
from openpyxl import Workbook

from signaal.flows.exits import Exit
from signaal.schemas.report import RunReport

Ingest = Callable[..., tuple[Exit, RunReport]]
"""Takes in the inbox of a workspace, or the paths that follow it; gives exit code and report."""

NOTES = """name: notities
kind: field_notes
files: ["*.txt", "*.md", "*.docx"]
owner: Buurthuis De Toets
purpose: weten wat er speelt
legal_basis: toestemming
retention_days: 365
"""
SURVEY = """name: enquete
kind: survey
files: ["enquete*.csv", "enquete*.xlsx"]
owner: Buurthuis De Toets
purpose: weten wat er speelt
legal_basis: toestemming
retention_days: 365
columns:
  "Nr": {role: record_id}
  "Naam": {role: direct_identifier, entity: PERSON, action: pseudonym}
  "E-mailadres": {role: direct_identifier, entity: EMAIL_ADDRESS}
  "Telefoon": {role: direct_identifier, entity: PHONE_NUMBER}
  "Postcode": {role: quasi_identifier, generalise: {hierarchy: postcode, finest: postcode2}}
  "Geboortedatum": {role: quasi_identifier, generalise: {hierarchy: birth_date, finest: ten_years}}
  "Cijfer": {role: keep, type: number, decimal: comma}
  "Opmerking": {role: free_text}
"""
HEADINGS = ["Nr", "Naam", "E-mailadres", "Telefoon", "Postcode", "Geboortedatum", "Cijfer", "Opmerking"]

IN_NOTES = ["Zehra Karatepe", "Karatepe", "123456782", "06-48291735", "Wilgenroosstraat 47", "3081 XK",
            "zehra.karatepe@voorbeeld.nl", "NL91 ABNA 0417 1643 00", "Katarzyna Wojciechowska",
            "Wojciechowska", "Tesfalem Habtemichael", "Habtemichael", "12-04-1988"]  # fmt: skip
IN_SURVEY = ["Rachida Benhaddou", "Benhaddou", "r.benhaddou@voorbeeld.org", "06 57 18 24 93", "3024 EN",
             "Ingeborg Hoekstra-Vermaat", "Hoekstra-Vermaat"]  # fmt: skip
IN_NAMES = ["Gülşen Özbekoğlu"]
IN_REFUSED = ["Oleksandra Kovalchuk", "Bartholomeus Terpstra", "06-39481726"]
PLANTED = [*IN_NOTES, *IN_SURVEY, *IN_NAMES, *IN_REFUSED]

TEXT_NOTE = """Huisbezoek bij mevrouw Zehra Karatepe, geboren 12-04-1988, BSN 123456782.
Ze woont aan de Wilgenroosstraat 47, 3081 XK Rotterdam, samen met haar zus. Bereikbaar op 06-48291735
of via zehra.karatepe@voorbeeld.nl. De huurtoeslag komt binnen op NL91 ABNA 0417 1643 00.
De woning is vochtig en de verhuurder reageert niet op brieven. Mevrouw Karatepe slaapt slecht en wil
graag weten of zij recht heeft op een andere woning. Afgesproken dat we samen een brief schrijven."""
MARKDOWN_NOTE = """# Inloop

Vanmiddag kwam **Katarzyna Wojciechowska** langs over haar energierekening. Die is in een jaar verdubbeld
en er dreigt afsluiting. Ik heb met Katarzyna een betalingsregeling aangevraagd.

- huur op tijd, geen andere schulden
- wil graag Nederlandse les in de avond
"""


def make_workspace(folder: Path, key: str = "0f" * 32) -> Path:
    """A workspace whose key is always the same, with a declaration for notes and one for a survey."""
    for part in ("inbox", "sources", "reports", "store"):
        (folder / part).mkdir(parents=True)
    (folder / "sources" / "notities.yaml").write_text(NOTES, encoding="utf-8")
    (folder / "sources" / "enquete.yaml").write_text(SURVEY, encoding="utf-8")
    (folder / "project.key").touch(mode=0o600)
    (folder / "project.key").write_text(key, encoding="ascii")
    return folder


def fill(inbox: Path, respondents: int = 24) -> None:
    """Files that pass, files that are held, and files that can't be taken, personal data in each."""
    (inbox / "gesprek Gülşen Özbekoğlu.txt").write_text(TEXT_NOTE, encoding="utf-8")
    (inbox / "inloop.md").write_text(MARKDOWN_NOTE, encoding="utf-8")
    (inbox / "verslag.docx").write_bytes(docx_note())
    (inbox / "enquete.csv").write_bytes(survey(respondents).encode("cp1252", "replace"))
    (inbox / "enquete-2.xlsx").write_bytes(workbook())
    (inbox / "namen.txt").write_text("Zehra Karatepe 06-48291735\nKatarzyna Wojciechowska 06-48291735\n" * 5)
    (inbox / "kapot.docx").write_bytes(b"PK\x03\x04 Oleksandra Kovalchuk " * 20)
    (inbox / "los.csv").write_text(
        "Bartholomeus Terpstra;06-39481726;goed\nOleksandra Kovalchuk;06-39481726;ja\n"
    )


def docx_note() -> bytes:
    """A report of a visit with a name in its header, its text and its table."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Dossier Tesfalem Habtemichael"
    document.add_paragraph(
        "Gesproken met de heer Tesfalem Habtemichael over werk en taal. Hij wil graag in de techniek werken, "
        "maar zijn diploma telt hier niet. Hij voelt zich niet serieus genomen door het loket."
    )
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Naam: Tesfalem Habtemichael", "Telefoon: 06-48291735"
    document.core_properties.author = "Ingeborg Hoekstra-Vermaat"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def survey(respondents: int) -> str:
    """A survey of respondents with equal quasi-identifiers, and a column that nobody declared."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([*HEADINGS, "Partner"])
    for number in range(respondents):
        text = ["Meer groen graag.", "geen", "De straat is te donker in de winter.", ""][number % 4]
        if number == 3:
            text = (
                "Bel mij, Rachida, op 06 57 18 24 93 of r.benhaddou@voorbeeld.org. Groet, Rachida Benhaddou"
            )
        name = "Rachida Benhaddou" if number == 3 else f"Testpersoon {'ABCDEFGHIJ'[number % 10]}xyz{number}"
        mail = "r.benhaddou@voorbeeld.org" if number == 3 else f"tp{number}@voorbeeld.org"
        phone = "06 57 18 24 93" if number == 3 else f"06-{48000000 + number}"
        born = ["1-2-1984", "5-6-1985"][number % 2]
        writer.writerow(
            [1000 + number, name, mail, phone, "3024 EN", born, "7,5", text, "Ingeborg Hoekstra-Vermaat"]
        )
    return out.getvalue()


def workbook() -> bytes:
    """The same survey as a workbook, by others; too few of them to be published: it is held."""
    book = Workbook()
    sheet = book.active
    sheet.append(HEADINGS)
    sheet.append(
        [
            2001,
            "Rachida Benhaddou",
            "r.benhaddou@voorbeeld.org",
            "06 57 18 24 93",
            "3024 EN",
            "1-2-1984",
            8,
            "ok",
        ]
    )
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
