"""What a document is made of. Page and PDF show these dataclasses, and only these; no Django model goes further.

Every text is either plain (`str`, escaped by the templates) or sanitised HTML (fields named `html`, made by
`people.texts.to_html`). Everything is frozen, so that `content_hash` can stand for what a document shows.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import UnionType
from typing import Any, ClassVar, get_args, get_origin, get_type_hints
from urllib.parse import quote

DESIGN = 2
"""Raise this when templates, style or fonts change so much that finished documents should be made anew."""

BRIEF = frozenset({"programme", "slides", "progress", "certificate"})
"""Kinds of documents in which people find their way without a list of contents."""
RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a data sheet. `value` may have several lines."""

    term: str
    value: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter: level 3 or 4 (a chapter's own title is level 2)."""

    template: ClassVar[str] = "reports/documents/blocks/heading.html"
    text: str
    level: int = 3
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """The paragraph that opens a chapter."""

    template: ClassVar[str] = "reports/documents/blocks/lead.html"
    text: str


@dataclass(frozen=True, slots=True)
class RichText:
    """A text that somebody wrote: sanitised HTML. `language` only where it differs from the document's."""

    template: ClassVar[str] = "reports/documents/blocks/rich_text.html"
    html: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """A data sheet: terms and values."""

    template: ClassVar[str] = "reports/documents/blocks/facts.html"
    rows: tuple[Fact, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table; `width` in per cent of the table, 0 for as needed."""

    label: str
    width: int = 0
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the template shows it."""

    text: str
    is_head: bool
    is_number: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table of plain texts. The first cell of a row heads the row when `has_row_heads`."""

    template: ClassVar[str] = "reports/documents/blocks/table.html"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    has_row_heads: bool = True

    @property
    def body(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows with what each cell is."""
        for row in self.rows:
            pairs = zip(row, self.columns, strict=True)
            yield tuple(
                Cell(text, self.has_row_heads and place == 0, column.is_number)
                for place, (text, column) in enumerate(pairs)
            )


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `kind` chooses the colour, `label` is its word; `sources` counts sources by kind, never by name."""

    template: ClassVar[str] = "reports/documents/blocks/finding.html"
    kind: str
    label: str
    html: str
    title: str = ""
    sources: str = ""
    site: str = ""
    is_single_source: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Response:
    """The host's answer to a recommendation."""

    label: str
    kind: str
    reason: str = ""
    owner: str = ""
    due: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation with its reason, addressee and time, and the host's response once there is one."""

    template: ClassVar[str] = "reports/documents/blocks/recommendation.html"
    number: int
    title: str
    html: str = ""
    reason: str = ""
    addressee: str = ""
    when: str = ""
    effort: str = ""
    findings: tuple[str, ...] = ()
    response: Response | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationTable:
    """All recommendations at a glance."""

    template: ClassVar[str] = "reports/documents/blocks/recommendation_table.html"
    items: tuple[Recommendation, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot of a day. Times are texts in the visit's zone; `people` are source groups, never names."""

    starts: str
    ends: str
    title: str
    kind: str = ""
    place: str = ""
    groups: str = ""
    people: str = ""
    lead: str = ""
    note_taker: str = ""
    language: str = ""
    remark: str = ""
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """The timetable of one day. Without a `label` it stands below a heading that says the day."""

    template: ClassVar[str] = "reports/documents/blocks/day.html"
    label: str
    slots: tuple[Slot, ...]
    zone: str = ""
    level: int = 3
    anchor: str = ""

    @property
    def has_people(self) -> bool:
        """Whether it says whom one meets, or what else stands in that column."""
        return any(slot.people or slot.language or slot.is_private for slot in self.slots)

    @property
    def has_team(self) -> bool:
        """Whether it says who leads and who notes."""
        return any(slot.lead or slot.note_taker for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Answer:
    """A numbered question with the host's answer. `level` is the rating from 1 to `levels`, 0 for none."""

    template: ClassVar[str] = "reports/documents/blocks/answer.html"
    number: str
    question: str
    html: str
    rating: str = ""
    level: int = 0
    levels: int = 4
    trend: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    anchor: str = ""

    @property
    def steps(self) -> tuple[bool, ...]:
        """One flag a step of the scale: whether the rating reaches it."""
        return tuple(step <= self.level for step in range(1, self.levels + 1)) if self.level else ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture that the server draws: SVG markup with title and description (charts.py)."""

    template: ClassVar[str] = "reports/documents/blocks/chart.html"
    svg: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo of the media storage. `name` is its storage name, `digest` its SHA-256, `url` its address on the page.

    `alt` says what it shows; without it the PDF check counts a picture without words. `credit` says whence it comes.
    """

    template: ClassVar[str] = "reports/documents/blocks/photo.html"
    name: str
    alt: str
    caption: str = ""
    url: str = ""
    digest: str = ""
    credit: str = ""

    @property
    def source(self) -> str:
        """The address that only the renderer understands (pictures.py)."""
        return f"photo:{quote(self.name)}"


@dataclass(frozen=True, slots=True)
class NoteSheet:
    """Ruled lines for handwriting, with what to ask above them."""

    template: ClassVar[str] = "reports/documents/blocks/note_sheet.html"
    title: str
    prompts: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: int = 16
    anchor: str = ""

    @property
    def rules(self) -> range:
        """One number a ruled line."""
        return range(self.lines)


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things to tick."""

    template: ClassVar[str] = "reports/documents/blocks/checklist.html"
    items: tuple[str, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the team or the host who agreed to be in the document."""

    name: str
    role: str
    city: str = ""
    languages: str = ""
    expertise: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Who is who."""

    template: ClassVar[str] = "reports/documents/blocks/people.html"
    people: tuple[Person, ...]
    caption: str = ""

    @property
    def has_languages(self) -> bool:
        """Whether anybody's languages are known."""
        return any(person.languages for person in self.people)

    @property
    def has_expertise(self) -> bool:
        """Whether anybody's expertise is known."""
        return any(person.expertise for person in self.people)

    @property
    def has_contact(self) -> bool:
        """Whether anybody's contact is given."""
        return any(person.contact for person in self.people)


@dataclass(frozen=True, slots=True)
class Callout:
    """A notice that must be seen, such as the one on confidentiality."""

    template: ClassVar[str] = "reports/documents/blocks/callout.html"
    title: str
    html: str
    kind: str = "notice"


@dataclass(frozen=True, slots=True)
class Thought:
    """One thought on a slide, in large type: it begins a slide, and goes on to the next when it is too long.

    `kind` chooses the colour as with findings; recommendations have a `number`; `is_long` sets it smaller.
    """

    template: ClassVar[str] = "reports/documents/blocks/thought.html"
    kind: str
    html: str
    note: str = ""
    number: int = 0
    is_long: bool = False


Block = (
    Heading
    | Lead
    | RichText
    | Facts
    | Table
    | Finding
    | Recommendation
    | RecommendationTable
    | Day
    | Answer
    | Chart
    | Photo
    | NoteSheet
    | Checklist
    | People
    | Callout
    | Thought
)
BLOCKS: dict[str, type[Any]] = {block.__name__: block for block in get_args(Block)}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter. `number` is shown before the title; `starts_page` is off for short ones that may follow on."""

    title: str
    blocks: tuple[Block, ...]
    anchor: str
    number: str = ""
    starts_page: bool = True
    is_annex: bool = False


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands behind the cover of a published report: how to cite it, where it stays, under which terms.

    Frozen with the content, so nothing in it is known only at publication: it is dated with the day of the text.
    `sha256` is the hash of everything else that the document says (`text_hash`); `erratum` is HTML.
    """

    citation: str
    address: str
    rows: tuple[Fact, ...]
    licence: str
    licence_words: str
    licence_url: str
    sha256: str
    erratum: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """The colour and the logo of a working group. `logo` is a storage name that ends in the hash of the picture."""

    colour: str = ""
    logo: str = ""
    alt: str = ""

    @property
    def source(self) -> str:
        """The address of the logo that only the renderer understands (pictures.py)."""
        return f"photo:{quote(self.logo)}"

    @property
    def digits(self) -> str:
        """The colour as addresses have it."""
        return self.colour.removeprefix("#")

    @property
    def group(self) -> str:
        """The short name of the group, as the logo's address has it."""
        return self.logo.split("/")[-2] if self.logo.count("/") else ""

    @property
    def picture(self) -> str:
        """The name of the logo's file."""
        return self.logo.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """One whole document.

    `kind` and `edition` choose the cover; `language` is a BCP 47 tag and sets hyphenation and direction; `dated` is
    the day of the content (never of the rendering: the same content gives the same bytes). With `is_numbered`, every
    paragraph gets a number and an address, for the fact check.
    """

    kind: str
    edition: str
    kind_label: str
    title: str
    language: str
    dated: date
    chapters: tuple[Chapter, ...]
    subtitle: str = ""
    subtitle_label: str = ""
    edition_label: str = ""
    version: str = ""
    confidentiality: str = ""
    cover_facts: tuple[Fact, ...] = ()
    running_title: str = ""
    authors: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    description: str = ""
    is_numbered: bool = False
    imprint: Imprint | None = None
    look: Look | None = None

    @property
    def has_contents(self) -> bool:
        """Whether it is long enough to need a list of contents."""
        return bool(self.chapters) and self.kind not in BRIEF

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, from the language."""
        return "rtl" if self.language.split("-")[0].lower() in RIGHT_TO_LEFT else "ltr"

    @property
    def name(self) -> str:
        """The title of the file: what it is and whose."""
        return f"{self.kind_label}: {self.title}"

    def photos(self) -> Iterator[Photo]:
        """Yield every photo, in order."""
        for chapter in self.chapters:
            yield from (block for block in chapter.blocks if isinstance(block, Photo))


def content_hash(content: DocumentContent) -> str:
    """SHA-256 (hex) of everything that the document shows, and of the design it is shown in."""
    shown = json.dumps([DESIGN, serialise(content)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(shown.encode()).hexdigest()


def text_hash(content: DocumentContent) -> str:
    """SHA-256 (hex) of what a document says, apart from its imprint: what the imprint prints."""
    return hashlib.sha256(text_bytes(serialise(content))).hexdigest()


def text_bytes(kept: dict[str, Any]) -> bytes:
    """Return the bytes whose SHA-256 an imprint prints: the kept document without it, as JSON of one form."""
    said = {name: value for name, value in kept.items() if name != "imprint"}
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def serialise(content: DocumentContent) -> dict[str, Any]:
    """Return the document as JSON-ready dictionaries, for keeping a published version as it was."""
    plain: dict[str, Any] = _plain(content)
    return plain


def deserialise(kept: dict[str, Any]) -> DocumentContent:
    """Return the document that `serialise` kept. Fields that were added since then take their defaults."""
    content = _revived(DocumentContent, kept)
    if not isinstance(content, DocumentContent):
        raise TypeError("This is not a kept document.")
    return content


def photo_kept(kept: dict[str, Any], digest: str) -> Photo | None:
    """Return the photo with this hash from a document as `serialise` kept it, without reviving the rest."""
    for chapter in kept.get("chapters", ()):
        for block in chapter["blocks"]:
            if block["block"] == Photo.__name__ and block["digest"] == digest != "":
                return Photo(**{name: value for name, value in block.items() if name in _OF_PHOTO})
    return None


_OF_PHOTO = frozenset(item.name for item in fields(Photo))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        named = {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
        return {"block": type(value).__name__, **named} if type(value).__name__ in BLOCKS else named
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _revived(shape: Any, kept: Any) -> Any:
    """Rebuild `kept` in the shape of a type hint: dataclass, tuple, union of blocks, optional dataclass, or plain."""
    if get_origin(shape) is tuple:
        return tuple(_revived(get_args(shape)[0], item) for item in kept)
    if isinstance(shape, UnionType):
        if isinstance(kept, dict) and "block" in kept:
            return _revived(BLOCKS[kept["block"]], kept)
        return None if kept is None else _revived(get_args(shape)[0], kept)
    if shape is date:
        return date.fromisoformat(kept)
    if is_dataclass(shape):
        hints = get_type_hints(shape)
        known = {item.name for item in fields(shape)}
        return shape(**{name: _revived(hints[name], value) for name, value in kept.items() if name in known})  # type: ignore[operator]
    return kept
