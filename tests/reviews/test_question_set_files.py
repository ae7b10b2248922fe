"""Question sets as files: out and in again without a change, errors in sentences with their place, hostile files refused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from reviews import question_bank
from reviews.actions.question_set_versions import import_set
from reviews.enums import QuestionSetStatus
from reviews.models import QuestionSet
from reviews.queries.question_sets import plain_of
from reviews.question_files import reading
from reviews.question_files.plain import PlainQuestion, PlainSection, PlainSet
from reviews.question_files.reading import NotReadable, read
from reviews.question_files.writing import write
from tests import factories

if TYPE_CHECKING:
    from django.test import Client

    from people.models import User

ROOT = Path(__file__).resolve().parents[2]
GUIDE = ROOT / "docs" / "question-sets.md"
HEAD = 'format = "critical-friend-question-set"\nformat_version = 1\nslug = "s"\nname = "S"\n'


def translated(**texts: str) -> dict[str, dict[str, object]]:
    """Translations of a question with the text `Who?`: the first as it stands, the second of an older text."""
    return {
        "el": {"text": texts["el"], "of": {"text": "Who?"}},
        "ar": {"text": texts["ar"], "of": {"text": "Who was it?"}},
    }


FULL = PlainSet(
    slug="everything",
    name="Всичко “quoted” \\ and \t tab",
    language="bg",
    languages=("el", "ar", "ro"),
    version=7,
    changes='First line\n\nSecond “line” with """ in it\n',
    translations={"ro": {"name": "Totul", "of": {"name": "An older name"}}},
    sections=(
        PlainSection(
            title="Κατάσταση",
            help_text="Δύο\nγραμμές.",  # noqa: RUF001 - Greek it is
            translations={
                "ar": {"title": "الوضع", "help_text": "سطر\nآخر", "of": {"title": "Κατάσταση", "help_text": ""}}
            },
            questions=(
                PlainQuestion(key="who", text="Who?", translations=translated(el="Ποιος;", ar="من؟")),
                PlainQuestion(key="themes", text="T?", condition="theme", condition_value="education,ageing"),
                PlainQuestion(
                    key="rated",
                    text="R?",
                    prompts="Едно?\nДве?",  # noqa: RUF001 - Bulgarian it is
                    is_rated=True,
                    is_required=False,
                    max_words=0,
                ),
            ),
        ),
        PlainSection(
            title="Last",
            questions=(
                PlainQuestion(key="a", text="A?", condition="answered", condition_value="who"),
                PlainQuestion(key="b", text="B?", condition="rated", condition_value="rated:starting,not_applicable"),
                PlainQuestion(key="c", text="C?", condition="repeat"),
                PlainQuestion(key="d", text="Unfinished", condition="rated", condition_value=":"),
            ),
        ),
        PlainSection(title="Empty"),
    ),
)


@pytest.fixture
def keeper(db: None) -> User:
    return factories.make_user("Keeper", is_secretariat=True)


def refused(text: str | bytes) -> list[str]:
    with pytest.raises(NotReadable) as found:
        read(text if isinstance(text, bytes) else text.encode())
    return found.value.problems


# --- Round trips ----------------------------------------------------------------------------------
@pytest.mark.parametrize("content", [FULL, question_bank.builtin()], ids=["everything", "built-in"])
def test_file_read_again_is_the_same_set(content: PlainSet) -> None:
    assert read(write(content).encode()) == content


def test_set_stored_and_written_again_is_the_same_file(keeper: User) -> None:
    stored = import_set(FULL, by=keeper)

    assert write(replace(plain_of(stored), version=FULL.version)) == write(FULL)


def test_built_in_file_is_written_as_the_product_writes_it() -> None:
    assert question_bank.FILE.read_text() == write(question_bank.builtin())


def test_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = write(question_bank.builtin()).replace("\n", "\r\n").encode("utf-8-sig")

    assert read(text) == question_bank.builtin()


# --- Pages ----------------------------------------------------------------------------------------
def upload(client: Client, content: str | bytes, name: str = "set.toml") -> Any:
    data = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse("reviews:question_set_import"), {"file": SimpleUploadedFile(name, data)})


def test_saved_file_comes_back_as_the_next_version(keeper: User, client: Client) -> None:
    first = import_set(FULL, by=keeper)
    client.force_login(keeper)
    saved = client.get(reverse("reviews:question_set_file", args=(first.pk,)))

    answer = upload(client, saved.content)

    second = QuestionSet.objects.get(slug=FULL.slug, version=2)
    assert saved["Content-Disposition"] == 'attachment; filename="everything-1.toml"'
    assert saved["Content-Type"] == "application/toml; charset=utf-8"
    assert answer["Location"] == reverse("reviews:question_set", args=(second.pk,))
    assert (second.status, second.made_by) == (QuestionSetStatus.DRAFT, keeper)
    assert replace(plain_of(second), version=1) == plain_of(first)


def test_file_that_is_refused_changes_nothing_and_says_all_reasons(keeper: User, client: Client) -> None:
    client.force_login(keeper)

    answer = upload(client, HEAD + '[[section]]\ntitle = "<b>Bold</b>"\nhelpp = "x"\n')

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Section 1 (line 5): “title” looks like HTML." in page
    assert "“helpp” is not an entry that we know. Did you mean “help”?" in page
    assert "<b>Bold" not in page
    assert QuestionSet.objects.count() == 0


@pytest.mark.django_db
def test_question_without_a_key_gets_one_from_its_words(keeper: User) -> None:
    text = HEAD + '[[section]]\ntitle = "One"\n' + '[[section.question]]\ntext = "Who decides?"\n' * 2
    made = import_set(read(text.encode()), by=keeper)

    assert [question.key for question in made.sections.get().questions.all()] == ["who_decides", "who_decides_2"]


# --- Errors in words ------------------------------------------------------------------------------
QUESTION = '[[section]]\ntitle = "One"\n[[section.question]]\ntext = "Who?"\n'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (HEAD + QUESTION + "words = 1.5\n", "Section 1, question 1 (line 7): “words” must be a whole number from 0 to"),
        (HEAD + QUESTION + "words = true\n", "“words” must be a whole number"),
        (HEAD + QUESTION + 'required = "yes"\n', "“required” must be true or false"),
        (HEAD + QUESTION + 'prompts = "One?"\n', "“prompts” must be a list of texts"),
        (HEAD + QUESTION + 'when = "sometimes"\n', "“when” must be"),
        (HEAD + QUESTION + 'when = { themes = ["educaton"] }\n', "is not a theme that we know. Did you mean “education”?"),
        (HEAD + QUESTION + 'when = { rated = "a", as = ["good"] }\n', "“good” is not a rating that we know."),
        (HEAD + QUESTION + 'when = { answerd = "a" }\n', "“when” must say themes, answered or rated."),
        (HEAD + QUESTION + 'key = "a b"\n', "“key” may hold"),
        (HEAD + QUESTION + 'txt = "a"\n', "“txt” is not an entry that we know. Did you mean “text”?"),
        (HEAD + QUESTION + '[section.question.translations.ro]\ntext = "Cine?"\n', "translation into “ro”, which is not among"),
        (HEAD + 'languages = ["xx"]\n', "“xx” is not a language code that we know."),
        (HEAD.replace('"s"', '"S s"'), "“slug” may hold small letters"),
        (HEAD.replace("= 1", "= 2"), "“format_version” must be 1"),
        (QUESTION, "“format” must be"),
        (HEAD + "section = 3\n", "“section” must be written as [[section]]"),
        (HEAD + "[[section]\n", "Line 5, column 10: this cannot be read as TOML"),
        (HEAD + QUESTION.replace("Who?", "W" * 401), "has 401 signs; at most 400"),
        (HEAD + QUESTION + 'key = "a"\n[[section.question]]\nkey = "a"\n', "the key “a” stands at more than one question"),
        (HEAD.replace('"S"', '"  "'), "“name” is empty."),
    ],
)  # fmt: skip
def test_mistake_is_said_in_a_sentence_with_its_place(text: str, sentence: str) -> None:
    assert any(sentence in problem for problem in refused(text)), refused(text)


def test_lines_are_right_behind_texts_that_look_like_heads() -> None:
    text = (
        HEAD + '[[section]]\ntitle = "One"\nhelp = """\n[[section.question]]\n"""\n[[section.question]]\nwords = -1\n'
    )

    assert refused(text)[0].startswith("Section 1, question 1 (line 10): ")


def test_no_more_than_thirty_problems_are_told() -> None:
    assert len(refused(HEAD + '[[section]]\ntitle = "<a>"\n' * 40)) == 30


# --- Hostile files --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe" + b"x" * 10, "not a text in UTF-8"),
        (b"PK\x03\x04" + bytes(range(256)), "not a text in UTF-8"),
        (b"# " + b"x" * reading.MOST_BYTES, "larger than 600 kB"),
        (b"a = " + b"[" * 3000 + b"]" * 900, "nested too deeply"),
        (b"a." * 5000 + b"a = 1", "has more than 4000 signs"),
        (b"a = 1\na = 2\n", "cannot be read as TOML"),
        (b"", "“format” must be"),
        ((HEAD + "[[section]]\n" * 41).encode(), "at most 40 are possible"),
        ((HEAD + QUESTION.replace("Who?", "<script src=x>")).encode(), "looks like HTML"),
        ((HEAD + QUESTION.replace("Who?", "a< /b")).encode(), "looks like HTML"),
        ((HEAD + QUESTION.replace("Who?", "a\\u0000b")).encode(), "sign that has no place there"),
        ((HEAD + QUESTION.replace("Who?", "a\\nb")).encode(), "line break"),
    ],
    ids=["binary", "zip", "size", "depth", "long-line", "twice", "empty", "many", "html", "closing", "nul", "line"],
)
def test_hostile_file_is_refused_with_a_reason(content: bytes, sentence: str) -> None:
    assert any(sentence in problem for problem in refused(content)), refused(content)[:2]


def test_comparison_with_a_number_is_not_html() -> None:
    assert read((HEAD + QUESTION.replace("Who?", "Groups of <5 pupils & >3?")).encode()).sections[0].questions


# --- The guide ------------------------------------------------------------------------------------
def test_every_example_of_the_guide_can_be_read() -> None:
    examples = re.findall(r"```toml\n(.*?)```", GUIDE.read_text(), re.DOTALL)

    assert len(examples) >= 1
    assert all(read(example.encode()).sections for example in examples)


def test_guide_explains_every_entry_and_no_other() -> None:
    explained = set(re.findall(r"^\| `([a-z_]+)`", GUIDE.read_text(), re.MULTILINE))
    in_code = set(re.findall(r'(?:take|text|words|lines|flag|number|tables|table|_other|_one)\((?:table, |when, )?"([a-z_]+)"', (ROOT / "reviews/question_files/reading.py").read_text()))  # fmt: skip
    written = {name for table in (tomllib.loads(write(FULL)),) for name in _names(table)}

    assert in_code <= explained
    assert {name for name in written if name not in FULL.languages} <= explained


def _names(found: object) -> set[str]:
    """Every name of an entry, at any depth."""
    if isinstance(found, list):
        return set().union(*map(_names, found)) if found else set()
    if isinstance(found, dict):
        return set(found).union(*map(_names, found.values()))
    return set()
