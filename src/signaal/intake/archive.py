"""Opens packed office files (.docx, .xlsx) without letting them unpack into more than memory holds."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from lxml import etree  # type: ignore[import-untyped]

from signaal.intake.rules import rules
from signaal.schemas.errors import Code, FileNotTakenError

MEGABYTE = 1_000_000
TOO_LARGE = "unpacks into more than {:.0f} MB; split it, or take pictures and empty cells out of it"


class Archive:
    """The parts of a packed office file, by name.

    Raises:
        FileNotTakenError: it is no such file or a broken one (``UNREADABLE``), or its parts say of
            themselves that they are too large together (``TOO_LARGE``); zipfile reads no further
            than what a part says of itself.
    """

    def __init__(self, content: bytes, label: str) -> None:
        self.label = label
        self._zip = self._opened(content)
        self._check_size(sum(part.file_size for part in self._zip.infolist()), rules().max_unpacked_bytes)

    def _opened(self, content: bytes) -> ZipFile:
        try:
            return ZipFile(BytesIO(content))
        except (BadZipFile, ValueError, OSError, NotImplementedError):
            problem = self.broken()
        raise problem

    def broken(self) -> FileNotTakenError:
        """The error that this file cannot be read."""
        advice = "open it in the program that it was made with and save it again"
        return FileNotTakenError(Code.UNREADABLE, f"file {self.label} is damaged; {advice}")

    def xml(self, name: str) -> etree._Element:
        """One part as XML, entities left alone.

        Raises:
            FileNotTakenError: it is not there, no XML, defines entities (which office files never
                do: ECMA-376 part 2, annex on XML usage), or is too large.
        """
        try:
            self._check_size(self._zip.getinfo(name).file_size, rules().max_text_part_bytes)
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True
            )
            root = etree.fromstring(self._zip.read(name), parser)
        except (KeyError, BadZipFile, zlib.error, etree.XMLSyntaxError, RuntimeError, EOFError, ValueError):
            root = None
        if root is None or root.getroottree().docinfo.doctype:
            raise self.broken()
        return root

    def _check_size(self, size: int, limit: int) -> None:
        if size > limit:
            problem = TOO_LARGE.format(limit / MEGABYTE)
            raise FileNotTakenError(Code.TOO_LARGE, f"file {self.label} {problem}")
