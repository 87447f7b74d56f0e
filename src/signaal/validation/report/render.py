"""The report as one HTML page that needs nothing from outside itself."""

import re
import unicodedata
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from signaal.schemas.report import RunReport
from signaal.validation.report.page import page_of
from signaal.validation.report.withheld import without_withheld_names
from signaal.validation.report.words import load_words

HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that cannot be seen, or turn the letters around them (bidirectional controls)."""


def render(report: RunReport) -> str:
    """The page of a run: self-contained Dutch HTML without scripts, for reading offline.

    Every string of ``report`` is treated as hostile: it is escaped, and characters that cannot be
    seen are shown as replacement characters. Names of columns that are withheld are not in it.
    """
    words = load_words()
    page = page_of(without_withheld_names(report), words)
    return environment().get_template("report.html").render(page=page, words=words)


@cache
def environment() -> Environment:
    """The templates of this package, escaping everything; a name that does not exist is an error."""
    made = Environment(
        loader=PackageLoader("signaal.validation", "report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["say"] = say
    return made


def visible(value: object) -> object:
    """A string without characters that cannot be seen; anything else as it is."""
    if not isinstance(value, str) or isinstance(value, Markup):
        return value
    return "".join(_seen(character) for character in value)


def say(text: str, **values: object) -> Markup:
    """Words of ours, with what stands between backticks as code, and values put in escaped."""
    marked = re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text)))
    # The words ship with the package and are escaped; Markup.format escapes the values.
    return Markup(marked).format(**{name: visible(value) for name, value in values.items()})  # noqa: S704


def _seen(character: str) -> str:
    if character in "\n\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in HIDDEN else character
