"""The outermost form of a PDF file: objects, packed together where they may be, and the table of where they stand."""

import zlib
from hashlib import md5

_HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"
_MANY = 2000
"""Objects in one packet."""


class File:
    """Takes objects by number. Streams are written at once, the others are gathered into packets."""

    def __init__(self) -> None:
        self._written: list[bytes] = [_HEAD]
        self._length = len(_HEAD)
        self._table: dict[int, tuple[int, int, int]] = {}
        self._gathered: list[tuple[int, bytes]] = []
        self._packets: list[tuple[list[int], bytes, bytes]] = []

    def stream(self, number: int, head: bytes, data: bytes) -> None:
        """Write a stream: its dictionary and its data."""
        self._table[number] = (1, self._length, 0)
        self._write(b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n" % (number, head, data))

    def add(self, number: int, text: bytes) -> None:
        """Take an object that is no stream."""
        self._gathered.append((number, text))
        if len(self._gathered) >= _MANY:
            self.gather()

    def gather(self) -> None:
        """Pack what was added."""
        if not self._gathered:
            return
        starts, at = [], 0
        for number, text in self._gathered:
            starts.append(b"%d %d" % (number, at))
            at += len(text) + 1
        index = b" ".join(starts) + b"\n"
        data = zlib.compress(index + b"\n".join(text for _, text in self._gathered), 6)
        head = b"<</Type /ObjStm/N %d/First %d/Filter /FlateDecode/Length %d>>"
        numbers = [number for number, _ in self._gathered]
        self._packets.append((numbers, head % (len(numbers), len(index), len(data)), data))
        self._gathered = []

    def finished(self, *, root: int, info: int) -> bytes:
        """Write the packets and the table, and return the file."""
        self.gather()
        last = max([*self._table, *(number for numbers, _, _ in self._packets for number in numbers)])
        for packet, (numbers, head, data) in enumerate(self._packets, start=last + 1):
            self._table.update((number, (2, packet, place)) for place, number in enumerate(numbers))
            self.stream(packet, head, data)
        return self._with_table(last + len(self._packets) + 1, root, info)

    def _with_table(self, number: int, root: int, info: int) -> bytes:
        start = self._length
        self._table[number] = (1, start, 0)
        free = (0, 0, 65535)
        rows = (self._table.get(at, free) for at in range(number + 1))
        table = b"".join(b"%c%b%b" % (kind, at.to_bytes(4, "big"), rest.to_bytes(2, "big")) for kind, at, rest in rows)
        data = zlib.compress(table, 6)
        digest = md5(usedforsecurity=False)
        for piece in self._written:
            digest.update(piece)
        name = digest.hexdigest().encode()
        head = b"<</Type /XRef/Index [0 %d]/W [1 4 2]/Size %d/Root %d 0 R/Info %d 0 R/ID [<%b><%b>]" % (
            number + 1,
            number + 1,
            root,
            info,
            name,
            name,
        )
        self.stream(number, head + b"/Filter /FlateDecode/Length %d>>" % len(data), data)
        self._write(b"startxref\n%d\n%%%%EOF\n" % start)
        return b"".join(self._written)

    def _write(self, text: bytes) -> None:
        self._written.append(text)
        self._length += len(text)
