"""Prefect's server for the length of one run, where no running one is configured.

Prefect can start such a server by itself, but one whose parent is killed lives on and keeps the
database of the next run busy. This one ends with its parent, however that ends: it watches a pipe.
"""

import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from types import TracebackType
from typing import Self

from signaal.schemas.errors import Code, SignaalError

ADDRESS = "PREFECT_API_URL"
LOOPBACK = "127.0.0.1"
SECONDS_TO_START, SECONDS_TO_END = 120, 20


class TemporaryServer:
    """Starts a server unless ``PREFECT_API_URL`` names one; ends it on the way out.

    The address is set in the environment at once, so that Prefect can be imported while the server
    starts. ``wait`` returns when it answers.
    """

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._address = ""

    def __enter__(self) -> Self:
        if os.environ.get(ADDRESS):
            return self
        self._process = subprocess.Popen(
            [sys.executable, "-m", "signaal.flows.server"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        port = self._process.stdout.readline().strip() if self._process.stdout else ""
        self._address = f"http://{LOOPBACK}:{port}/api"
        os.environ[ADDRESS] = self._address
        return self

    def wait(self) -> None:
        """Returns when the server answers.

        Raises:
            SignaalError: it ended, or did not answer in time.
        """
        end = time.monotonic() + SECONDS_TO_START
        while self._process and not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise SignaalError(
                    Code.INTERNAL,
                    "Prefect's temporary server did not start: run again, or see `prefect server start`",
                )
            time.sleep(0.1)

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self._address}/health", timeout=1) as answer:  # noqa: S310 - loopback
                return bool(answer.status == 200)  # noqa: PLR2004 - HTTP OK
        except (urllib.error.URLError, OSError):
            return False

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, frames: TracebackType | None
    ) -> None:
        if not self._process:
            return
        os.environ.pop(ADDRESS, None)
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def main() -> None:
    """The server's process: tells its port, serves until its standard input ends."""
    listener = socket.create_server((LOOPBACK, 0))
    print(listener.getsockname()[1], flush=True)
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=True, final=True)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="on"))
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run(sockets=[listener])


def _end_with_parent(server: "uvicorn.Server") -> None:  # type: ignore[name-defined] # noqa: F821
    sys.stdin.read()
    server.should_exit = True
    time.sleep(SECONDS_TO_END)
    os._exit(1)


if __name__ == "__main__":
    main()
