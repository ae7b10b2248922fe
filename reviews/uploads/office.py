"""Office files are ZIP archives: read their list of contents, and refuse programs, locks, bombs and foreign parts.

Office files inside them (the table behind a chart) are looked at in the same way; other archives inside are refused.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO

from reviews.uploads.kinds import Kind, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENTRIES = 5000
_UNPACKED = 400 * 1024 * 1024
_RATIO = 150
_SMALL = 5 * 1024 * 1024
_PART = 4 * 1024 * 1024
_TYPES = "[Content_Types].xml"
_MAIN = {
    b"wordprocessingml.document.main+xml": Kind.DOCX,
    b"spreadsheetml.sheet.main+xml": Kind.XLSX,
    b"presentationml.presentation.main+xml": Kind.PPTX,
    b"presentationml.slideshow.main+xml": Kind.PPTX,
}
_OPEN = {kind.content_type.encode(): kind for kind in (Kind.ODT, Kind.ODS, Kind.ODP)}
_PROGRAM_PART = re.compile(r"(vbaProject|vbaData|activeX|macrosheets/|/Basic/|^Basic/|^Scripts/)", re.IGNORECASE)
_OBJECT_PART = re.compile(r"embeddings/[^/]*\.bin$|^Object[^/]*$", re.IGNORECASE)
_PROGRAM_NAME = re.compile(r"\.(exe|dll|com|scr|bat|cmd|js|vbs|hta|ps1|sh|jar|msi|lnk|html?|swf)$", re.IGNORECASE)
_OUTSIDE = re.compile(rb"/(attachedTemplate|oleObject|frame)\"[^>]*TargetMode=\"External\"", re.IGNORECASE)
_PLAIN_PART = re.compile(r"\.(xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|wdp|rdf|odttf|ttf|xsl)$", re.IGNORECASE)
_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_INSIDE = 40 * 1024 * 1024
_DEEPEST = 2
_PIECE, _OVERLAP = 1 << 20, 4096
_ENTITY = re.compile(rb"<!(ENTITY|DOCTYPE\s[^>[]*\[)", re.IGNORECASE)
_COMMAND = re.compile(rb"instrText[^>]*>[^<]{0,2000}\bDDE(AUTO)?\b|<(\w+:)?ddeLink\b", re.IGNORECASE)
_COMMAND_WORDS = (b"instrtext", b"ddelink")
"""One of them is in whatever `_COMMAND` finds; it takes ten times as long to find nothing."""
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_MACROS = "This file holds a program (macros). Save it without them, as .docx, .xlsx, .pptx or PDF, and try again."


def check(file: BinaryIO) -> Kind:
    """Return which kind of office file it is.

    Raises NotReady with the reason; also for every other archive.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            _is_whole(archive, file)
            _is_no_bomb(archive)
            kind = _kind(archive)
            _is_harmless(archive, _DEEPEST)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as problem:
        raise refusal("broken", "This file cannot be read. Open it, save it again, and try once more.") from problem
    file.seek(0)
    return kind


def _is_whole(archive: zipfile.ZipFile, file: BinaryIO) -> None:
    """Refuse what has something before or after the archive: it would be two files in one."""
    starts = [entry.header_offset for entry in archive.infolist()]
    twice = len(starts) != len(set(starts)) or len(starts) != len(set(archive.namelist()))
    file.seek(0)
    tail = len(archive.comment)
    file.seek(-22 - tail, 2)
    if not starts or twice or min(starts) != 0 or file.read(4) != b"PK\x05\x06" or b"<" in archive.comment:
        raise refusal(
            "two_in_one", "This file holds something else besides its document. Save it again and try once more."
        )


def _is_no_bomb(archive: zipfile.ZipFile) -> None:
    """Refuse what unpacks to far more than its size."""
    entries = archive.infolist()
    packed = sum(entry.compress_size for entry in entries)
    unpacked = sum(entry.file_size for entry in entries)
    too_dense = unpacked > _SMALL and unpacked > _RATIO * max(packed, 1)
    if len(entries) > _ENTRIES or unpacked > _UNPACKED or too_dense:
        raise refusal("bomb", "This file unpacks to far more than its size. Save it as PDF and try again.")


def _kind(archive: zipfile.ZipFile) -> Kind:
    """Ask the list of contents, and no name."""
    names = set(archive.namelist())
    if _TYPES in names:
        types = _read(archive, _TYPES)
        if b"macroenabled" in types.lower():
            raise refusal("macros", _MACROS)
        for mark, kind in _MAIN.items():
            if mark in types:
                return kind
    elif "mimetype" in names and (free := _OPEN.get(_read(archive, "mimetype").strip())):
        if b"encryption-data" in _read(archive, "META-INF/manifest.xml"):
            raise refusal("encrypted", "This file is protected by a password. Save it without one and try again.")
        return free
    raise refusal("archive", "This is an archive. Unpack it and add the files one by one.")


def _is_harmless(archive: zipfile.ZipFile, depth: int) -> None:
    """Look at every part; at office files inside as at the whole."""
    _has_no_programs(archive)
    _has_nothing_outside(archive)
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml", ".rdf")):
            _has_no_commands(archive, entry)
        elif not _PLAIN_PART.search(entry.filename):
            _has_no_file(archive, entry, depth)


def _has_no_commands(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse texts that grow when they are read (entities), and fields that start programs."""
    for text in _texts(archive, entry):
        if _ENTITY.search(text):
            raise refusal("bomb", "This file has a part that grows when it is read. Save it as PDF and try again.")
        small = text.lower()
        if any(word in small for word in _COMMAND_WORDS) and _COMMAND.search(text):
            raise refusal("command", "This file has a field that starts a program. Remove it and try again.")


def _texts(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, with the end of the one before, one byte a sign."""
    before = b""
    with archive.open(entry) as part:
        is_wide = part.read(2) in _WIDE
        part.seek(0)
        while piece := part.read(_PIECE):
            text = piece.replace(b"\x00", b"") if is_wide else piece
            yield before + text
            before = text[-_OVERLAP:]


def _has_no_file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    """Refuse programs, archives and files of old kinds inside, by their bytes; look into office files inside."""
    with archive.open(entry) as part:
        head = part.read(len(_OLE))
        if head.startswith(_PROGRAMS):
            raise refusal("macros", _MACROS)
        if head.startswith(_OLE):
            raise refusal("object", "This file holds an object of another program. Save it as PDF and try again.")
        if head.startswith(_ARCHIVES):
            raise refusal("archive", "This file holds an archive. Take it out and try again.")
        if not head.startswith(_ZIP):
            return
        content = BytesIO(head + part.read(_INSIDE))
    with zipfile.ZipFile(content) as inside:
        _is_no_bomb(inside)
        _kind(inside)
        if depth == 0:
            raise refusal("archive", "This file holds files in files in files. Save it as PDF and try again.")
        _is_harmless(inside, depth - 1)


def _has_no_programs(archive: zipfile.ZipFile) -> None:
    for entry in archive.infolist():
        if entry.flag_bits & 1:
            raise refusal("encrypted", "This file is protected by a password. Save it without one and try again.")
        if _PROGRAM_PART.search(entry.filename) or _PROGRAM_NAME.search(entry.filename):
            raise refusal("macros", _MACROS)
        if _OBJECT_PART.search(entry.filename):
            raise refusal("object", "This file holds an object of another program. Save it as PDF and try again.")
        if entry.filename.startswith("/") or ".." in entry.filename.split("/"):
            raise refusal("broken", "This file has a part in a strange place. Save it again and try once more.")


def _has_nothing_outside(archive: zipfile.ZipFile) -> None:
    """Refuse a template or an object that would be fetched from elsewhere when somebody opens the file."""
    for entry in archive.infolist():
        if entry.filename.endswith(".rels") and _OUTSIDE.search(_read(archive, entry.filename)):
            raise refusal("outside", "This file fetches a part of itself from elsewhere. Save it as PDF and try again.")


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return the beginning of a part; a missing part is empty."""
    try:
        with archive.open(name) as part:
            return part.read(_PART)
    except KeyError:
        return b""
