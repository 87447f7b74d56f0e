"""When a run was, as a reader in the Netherlands says it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from signaal.validation.report.words import Words

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE, HOUR = 60, 3600


def aware(moment: datetime) -> datetime:
    """A moment in UTC; one without a time zone is taken to be in UTC already."""
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def spoken(moment: datetime, words: Words) -> str:
    """A moment as ``maandag 23 november 2026, 20.08 uur``."""
    there = aware(moment).astimezone(AMSTERDAM)
    return words.page["common"]["moment"].format(
        weekday=words.weekdays[there.weekday()],
        day=there.day,
        month=words.months[there.month - 1],
        year=there.year,
        time=f"{there:%H.%M}",
    )


def lasted(started: datetime, ended: datetime, words: Words) -> str:
    """How long a run took, in its largest whole units, such as ``2 minuten en 5 seconden``."""
    # In UTC: between two moments of one zone Python counts what the clock says, summer time and all.
    seconds = max(0, round((aware(ended) - aware(started)).total_seconds()))
    if seconds < MINUTE:
        parts = [("second", seconds)]
    elif seconds < HOUR:
        parts = [("minute", seconds // MINUTE), ("second", seconds % MINUTE)]
    else:
        parts = [("hour", seconds // HOUR), ("minute", seconds % HOUR // MINUTE)]
    said = [words.amount(noun, number) for noun, number in parts if number]
    return words.enumeration(said or [words.amount("second", 0)])
