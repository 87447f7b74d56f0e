"""The border between what we do and what Prefect keeps of it.

Prefect writes exceptions down: messages, chained causes, notes, even objects that hang on them. So
none gets out of a stage as it is.
"""

import os
import sys
import traceback
from collections.abc import Callable, Coroutine
from functools import wraps
from types import TracebackType
from typing import Any, ParamSpec, TypeVar

from signaal.schemas.errors import Code, SignaalError

P = ParamSpec("P")
R = TypeVar("R")
DEBUG = "SIGNAAL_DEBUG"


def guarded(function: Callable[P, R]) -> Callable[P, R]:
    """The function, with every exception turned into an error that holds nothing of the data.

    A ``SignaalError`` keeps its code and message; of any other only its type and place in our code
    are told. Neither keeps its cause, context, notes or frames. Ctrl-C and cancellation pass.
    """

    @wraps(function)
    def guard(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            safe = safe_error(error)
        raise safe  # outside the except block: no context hangs on it

    return guard


def guarded_flow(function: Callable[P, Coroutine[Any, Any, R]]) -> Callable[P, Coroutine[Any, Any, R]]:
    """``guarded`` for a coroutine."""

    @wraps(function)
    async def guard(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return await function(*args, **kwargs)
        except Exception as error:
            safe = safe_error(error)
        raise safe

    return guard


def safe_error(error: Exception) -> SignaalError:
    """An error of our own that stands for any exception."""
    if os.environ.get(DEBUG):
        show_frames(error)
    if isinstance(error, SignaalError):
        constructor, arguments = error.__reduce__()
        return constructor(*arguments)
    where = _place(error.__traceback__)
    return SignaalError(
        Code.INTERNAL,
        f"an unexpected {type(error).__name__} at {where}: run again with --debug and report it",
    )


def show_frames(error: BaseException) -> None:
    """Prints where an exception came from, without its message, which may quote what it met."""
    lines = traceback.format_tb(error.__traceback__)
    print("".join(lines), type(error).__name__, sep="", file=sys.stderr)


def _place(frames: TracebackType | None) -> str:
    ours = [frame for frame in traceback.extract_tb(frames) if "signaal" in frame.filename]
    if not ours:
        return "an unknown place"
    return f"{os.path.basename(ours[-1].filename)}:{ours[-1].lineno}"  # noqa: PTH119 - a name, no file is touched
