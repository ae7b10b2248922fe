"""Forms go out and come back: in four languages, through programs that lose the marks, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import timezone
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from openpyxl.comments import Comment

from people.texts import to_html
from reviews.actions.answers import Written, save_answer
from reviews.enums import Stage
from reviews.models import Question, SelfAssessment
from reviews.offline.brought import Brought, Filled
from reviews.offline.docx_form import docx_form
from reviews.offline.plan import Form, form_for
from reviews.offline.reading import read_form
from reviews.offline.same import through_word
from reviews.offline.words import words_in
from reviews.offline.xlsx_form import xlsx_form
from reviews.uploads import checked
from reviews.uploads.kinds import Kind
from tests.cast import Cast, make_cast
from tests.reviews import filling

LANGUAGES = ("en", "ro", "el", "bg")
RICH = (
    "### Cine\n\nNoi *doi*, **în fiecare luni**.\nȘi joia.\n\n- școli\n- sănătate\n  - centre\n- [planul](https://example.org/a_b)\n\n"
    "1. întâi\n2. apoi\n\n| An | Copii |\n| --- | --- |\n| 2017 | 40 |\n\n> Citat\n\nSfârșit, 2 \\* 3."
)


@pytest.fixture
def cast(db: None) -> Cast:
    made = make_cast(Stage.SELF_ASSESSMENT)
    SelfAssessment.objects.filter(case=made.case).update(question_set=filling.make_translated_set())
    return made


def asked(number: int) -> Question:
    return Question.objects.select_related("section__question_set").get(
        number=number, section__question_set__slug="steering"
    )


def form(cast: Cast, language: str, *, with_answers: bool = False) -> Form:
    return form_for(cast.seat(cast.coordinator), language, on=timezone.localdate() if with_answers else None)


def read(content: bytes, kind: Kind) -> tuple[dict[int, Brought], Filled]:
    """What a form says, by the number of the question."""
    questions = [asked(1), asked(2)]
    filled = read_form(content, kind.content_type, questions[0].section.question_set, questions, lambda: None)
    numbers = {question.pk: question.number for question in questions}
    return {numbers[pk]: said for pk, said in filled.answers.items() if said.says_something}, filled


def filled_word(cast: Cast, language: str) -> bytes:
    """The Word form as somebody fills it in: with lists, a table and a heading."""
    document = filling.empty_word(form(cast, language))
    words, (text, item, reason) = words_in(language), filling.SAID[language]
    at = filling.write(document, 1, "answer", text)
    at.add_run(" ")
    at.add_run(item).bold = True
    at = filling.below(at, text, "Heading 3")
    at = filling.below(at, item, "List Bullet")
    at = filling.below(at, text, "List Bullet")
    at = filling.below(at, item, "List Number")
    filling.table_after(document, at, [[item, "1"], [reason, "2 | 3"]])
    filling.choose(document, 1, "rating", words.rating("developing"))
    filling.write(document, 1, "reason", reason)
    filling.choose(document, 1, "trend", words.trend("better"))
    filling.write(document, 2, "answer", item)
    return filling.saved(document)


def expected(language: str) -> dict[int, Brought]:
    text, item, reason = filling.SAID[language]
    markdown = f"{text} **{item}**\n\n### {text}\n\n- {item}\n- {text}\n1. {item}\n\n| {item} | 1 |\n| --- | --- |\n| {reason} | 2 \\| 3 |"
    return {
        1: Brought(text=markdown, rating="developing", reason=reason, trend="better"),
        2: Brought(text=item),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_empty_forms_say_nothing(cast: Cast, language: str) -> None:
    for write, kind in ((docx_form, Kind.DOCX), (xlsx_form, Kind.XLSX)):
        content = write(form(cast, language))
        assert checked(BytesIO(content), "form", most_bytes=10**7).kind == kind
        said, filled = read(content, kind)
        assert (said, filled.loose, filled.questions_seen) == ({}, [], 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_form_comes_back_as_it_was_written(cast: Cast, language: str) -> None:
    said, filled = read(filled_word(cast, language), Kind.DOCX)
    assert said == expected(language)
    assert filled.loose == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_form_comes_back_without_any_mark(cast: Cast, language: str) -> None:
    said, filled = read(filling.without_marks(filled_word(cast, language)), Kind.DOCX)
    assert said == expected(language)
    assert [row["text"] for row in filled.loose] == [cast.case.title]  # the one line that is ours by a mark only


@pytest.mark.parametrize("language", LANGUAGES)
def test_spreadsheet_comes_back_as_it_was_written(cast: Cast, language: str) -> None:
    words, (text, item, reason) = words_in(language), filling.SAID[language]
    book, sheet = filling.sheet_of(xlsx_form(form(cast, language)))
    filling.fill_row(
        sheet,
        1,
        answer=f"{text}\n\n- {item}\n- {text}",
        rating=words.rating("leading"),
        reason=reason,
        trend=words.trend("worse"),
    )
    filling.fill_row(sheet, 2, answer=item)

    said, filled = read(filling.saved(book), Kind.XLSX)

    assert said == {
        1: Brought(text=f"{text}\n\n- {item}\n- {text}", rating="leading", reason=reason, trend="worse"),
        2: Brought(text=item),
    }
    assert filled.loose == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_spreadsheet_comes_back_without_its_marks(cast: Cast, language: str) -> None:
    _, item, _ = filling.SAID[language]
    book, sheet = filling.sheet_of(xlsx_form(form(cast, language)))
    filling.fill_row(sheet, 2, answer=item)
    sheet.delete_cols(1)
    sheet.title = "Sheet1"
    sheet.insert_rows(1)
    assert read(filling.saved(book), Kind.XLSX)[0] == {2: Brought(text=item)}


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.XLSX])
def test_form_with_answers_brings_the_same_answers_back(cast: Cast, kind: Kind) -> None:
    question = asked(1)
    written = Written(text=RICH, rating="established", rating_reason="Pentru că **da**.", trend="same")
    save_answer(cast.seat(cast.coordinator), question.pk, written, version=0)
    write = docx_form if kind == Kind.DOCX else xlsx_form

    said, filled = read(write(form(cast, "ro", with_answers=True)), kind)

    assert to_html(said[1].text) == to_html(RICH)
    assert said == {1: Brought(said[1].text, "established", "Pentru că **da**.", "same")}
    assert filled.loose == []


LISTS = "1. întâi\n2. apoi\n   - centre\n   - școli\n3. la urmă\n\nși\n\n1. iar\n2. iarăși\n\n- una\n- alta"


@pytest.mark.parametrize(
    "text", [RICH, LISTS, "**Noi** și [planul](https://example.org/a) *joi*.", "עברית **מודגש** כאן"]
)
@pytest.mark.parametrize("before", [bytes, filling.share_definitions], ids=["ours", "shared"])
def test_libreoffice_changes_nothing_that_was_written(cast: Cast, text: str, before: Callable[[bytes], bytes]) -> None:
    written = Written(text=text, rating="established", rating_reason="Pentru că **da**.", trend="same")
    save_answer(cast.seat(cast.coordinator), asked(1).pk, written, version=0)

    content = filling.through_libreoffice(before(docx_form(form(cast, "ro", with_answers=True))))

    said, _ = read(content, Kind.DOCX)
    assert to_html(said[1].text) == to_html(text)
    assert said[1].reason == "Pentru că **da**."


@pytest.mark.parametrize(
    "text",
    [
        RICH,
        "Signs: 2 \\* 3 \\* 4, a_b_c, \\_x\\_, \\[no\\](link), 5 < 6 & 7 > 3, \\&amp; C:\\\\dir \\`x\\`",
        "\\- no list\n\\+ none\n\\# no heading\n1\\. none\n\\> no quote",
        "3. three\n4. four\n\nbetween\n\n1. one",
        "- item\n\n  its second paragraph\n- next",
        "**bold\nover lines**, *a*b and ~~gone~~ and `code`",
        "> quote\n> goes on\n\n***\n\n```\ncode *x*\n  deeper\n```",
        "**a [link](https://example.org/?q=1_2) b** c, [mail](mailto:a@example.org)",
        "אבג *דה* זח\n\nعربي **نص**",
    ],
)
def test_text_survives_word(text: str) -> None:
    assert to_html(through_word(text)) == to_html(text)


def test_word_form_is_for_people_with_and_without_eyes(cast: Cast) -> None:
    document = filling.empty_word(form(cast, "ro"))
    assert document.core_properties.title == "Autoevaluarea orașului Timișoara"
    assert document.core_properties.language == "ro"
    headings = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith(("Title", "Heading"))]
    assert headings == [
        ("Title", "Autoevaluarea orașului Timișoara"),
        ("Heading 1", "Despre acest formular"),
        ("Heading 1", "Cine poate citi"),
        ("Heading 1", "1. Cine conduce"),
        ("Heading 2", "1. Cine decide și cât de des?"),
        ("Heading 2", "2. Ce nu vedeți?"),
    ]
    assert document.styles["Normal"].element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "ro-RO"
    said = "\n".join(p.text for p in document.paragraphs)
    assert "Coordinator <coordinator@example.org>" in said
    assert "Cel mult 20 cuvinte." in said
    assert "Puteți lăsa liber." in said


def test_spreadsheet_is_guarded_where_it_is_ours(cast: Cast) -> None:
    book = load_workbook(BytesIO(xlsx_form(form(cast, "en"))))
    sheet = book.worksheets[0]
    assert (sheet.protection.sheet, sheet.protection.password, sheet.freeze_panes) == (True, None, "D5")
    assert sheet.column_dimensions["A"].hidden is True
    first = next(row for row in sheet.iter_rows() if row[1].value == 1)
    assert [cell.protection.locked for cell in first] == [True, True, True, True, False, False, False, False]
    second = next(row for row in sheet.iter_rows() if row[1].value == 2)
    assert [cell.protection.locked for cell in second[4:]] == [False, True, True, True]
    assert {menu.formula1 for menu in sheet.data_validations.dataValidation} == {"Lists!$A$1:$A$5", "Lists!$B$1:$B$3"}


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1+1", "-1", "@SUM(A1)"])
def test_answer_never_becomes_a_formula(cast: Cast, text: str) -> None:
    save_answer(cast.seat(cast.coordinator), asked(2).pk, Written(text=text), version=0)
    content = xlsx_form(form(cast, "en", with_answers=True))
    cell = next(row for row in load_workbook(BytesIO(content)).worksheets[0].iter_rows() if row[1].value == 2)[4]
    assert (cell.value, cell.data_type) == (text, "s")
    assert read(content, Kind.XLSX)[0] == {2: Brought(text=text)}


def test_formula_in_an_answer_is_told_and_not_taken(cast: Cast) -> None:
    book, sheet = filling.sheet_of(xlsx_form(form(cast, "en")))
    filling.fill_row(sheet, 2, answer='=WEBSERVICE("http://example.org")')
    said, filled = read(filling.saved(book), Kind.XLSX)
    assert said == {}
    assert filled.loose == [
        {
            "text": 'A formula stands here instead of a text: =WEBSERVICE("http://example.org")',
            "where": "Question 2",
        }
    ]


def test_text_beside_the_questions_of_a_spreadsheet_is_kept(cast: Cast) -> None:
    book, sheet = filling.sheet_of(xlsx_form(form(cast, "el")))
    filling.fill_row(sheet, 2, answer="Nothing.")
    row = next(row for row in sheet.iter_rows() if row[1].value == 2)
    row[4].comment = Comment("Ask Ana.", "Ion")
    sheet.cell(row[0].row, 9).value = "our own column"
    sheet.cell(row[0].row + 2, 5).value = "below the form"
    book.create_sheet("Notes")["A1"] = "on our own sheet"
    said, filled = read(filling.saved(book), Kind.XLSX)
    assert said == {2: Brought(text="Nothing.")}
    assert sorted((row["where"], row["text"]) for row in filled.loose) == [
        ("", "below the form"),
        ("Comment at question 2", "Ask Ana."),
        ("Notes", "on our own sheet"),
        ("Question 2", "our own column"),
    ]


def test_text_beside_the_form_is_kept(cast: Cast) -> None:
    document = filling.empty_word(form(cast, "en"))
    document.paragraphs[0].insert_paragraph_before("A greeting from our mayor.")
    filling.choose(document, 1, "rating", "Starting")
    next(filling.control(document, 1, "trend").iter(qn("w:t"))).text = "up and down"
    document.add_comment(filling.write(document, 2, "answer", "Nobody.").runs[0], "Is this true?", author="Ana")
    said, filled = read(filling.saved(document), Kind.DOCX)
    assert said == {1: Brought(rating="starting"), 2: Brought(text="Nobody.")}
    assert filled.loose == [
        {"text": "A greeting from our mayor.", "where": ""},
        {"text": "up and down", "where": "Question 1"},
        {"text": "Is this true?", "where": "Comment of Ana"},
    ]


def test_changed_questions_are_recognised_by_number_and_words(cast: Cast) -> None:
    content = filling.without_marks(filled_word(cast, "en"))
    document = filling.opened(content)
    for paragraph in document.paragraphs:
        if paragraph.text == "1. Who decides, and how often?":
            paragraph.runs[0].text = "1) Who decides and how frequently?"
            paragraph.style = "Normal"
        if paragraph.text == "2. What do you not see?":
            paragraph.runs[0].text = "What do you not see"
    assert read(filling.saved(document), Kind.DOCX)[0] == expected("en")


def test_answer_below_its_field_and_after_its_label_is_found(cast: Cast) -> None:
    document = filling.empty_word(form(cast, "en"))
    field = filling.control(document, 2, "answer")
    below = next(field.iter(qn("w:p")))
    last = filling.below(Paragraph(below, document._body), "inside")
    field.addnext(filling.below(last, "and outside")._p)
    assert read(filling.saved(document), Kind.DOCX)[0] == {2: Brought(text="inside\n\nand outside")}


def test_signs_alone_and_typed_lists_are_part_of_the_answer(cast: Cast) -> None:
    document = filling.empty_word(form(cast, "en"))
    at = filling.write(document, 1, "answer", "First")
    for text in ("***", "2. What we see: nothing", "Why this rating? We were asked."):
        at = filling.below(at, text)
    for content in (filling.saved(document), filling.without_marks(filling.saved(document))):
        expected = "First\n\n\\*\\*\\*\n\n2\\. What we see: nothing\n\nWhy this rating? We were asked."
        assert read(content, Kind.DOCX)[0] == {1: Brought(text=expected)}


def test_tracked_changes_count_as_accepted(cast: Cast) -> None:
    document = filling.empty_word(form(cast, "en"))
    paragraph = filling.write(document, 2, "answer", "We ")
    for name, tag, text in (("del", "delText", "never"), ("ins", "t", "often ")):
        change = OxmlElement(f"w:{name}")
        run, words = OxmlElement("w:r"), OxmlElement(f"w:{tag}")
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run("ask.")
    assert read(filling.saved(document), Kind.DOCX)[0] == {2: Brought(text="We often ask.")}
