"""What the editor writes is what people/texts.py reads: the same words with the same marks, whatever stands there."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from people.texts import as_written
from tests.browser.fake_server import FakeServer

pytestmark = pytest.mark.browser

LOAD = """async () => {
  const [view, markdown, shape] = await Promise.all(['view', 'markdown', 'shape'].map((name) => import(`/js/editor/${name}.js`)));
  Object.assign(window, {...view, ...markdown, ...shape});
}"""
WRITE = "(html) => { const shape = shapeOf(rootOf(html)); return [shape, toMarkdown(shape)]; }"
READ = "(html) => [shapeOf(rootOf(html)), held(html)?.text ?? null]"
EVERYTHING = """# Title

Our *city* has **three** goals, ~~four~~, see [the plan](https://example.org/a_b?x=1&y=2 "2018").
A second line.

## Που είμαστε

- посредници
- schools
  - primary
    1. first
    2. second
  - secondary

3. three
4. four

> A quotation
>
> - with a list

| Year | Count |
| --- | --- |
| 2017 | **12** \\| 13 |

```
code  here
```

___

- loose

- list

`a_b` and **bold *both* bold** 🙂 مدرسة"""


@pytest.fixture(scope="module")
def modules(chromium: Browser) -> Iterator[Page]:
    """A page with the editor's own functions as globals."""
    context = chromium.new_context()
    page = FakeServer(context, scripts=()).open()
    page.evaluate(LOAD)
    yield page
    context.close()


# --- Any text that a person could make in the editor ----------------------------------------------------
SIGNS = st.sampled_from(
    [*"aZ1é .,*_~`[]()<>&#|+-=\\!:/'\"$%^", " ", "\N{GREEK SMALL LETTER ALPHA WITH TONOS}", "щ", "م", "🙂"]
)
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=8),
    st.sampled_from(
        [
            "1. one",
            "- x",
            "# x",
            "> q",
            "---",
            "===",
            "| - |",
            "a_b_c",
            "**x**",
            "[a](b)",
            "[a]: b",
            "&amp;",
            "&#42;",
            "<http://x.eu>",
            "```",
            "~~x~~",
            "\\*",
            "    x",
        ]
    ),
)


def _marked(text: str, marks: list[str]) -> str:
    html = escape(text)
    for mark in marks:
        html = f"<{mark}>{html}</{mark.split()[0]}>"
    return html


LINK = 'a href="https://example.org/(1)_x?a=b&amp;copy=1" title="&quot;T&quot;"'
MARKS = st.lists(st.sampled_from(["strong", "em", "s", LINK]), max_size=3, unique=True)
RUN = st.builds(_marked, WORDS, MARKS) | st.builds(
    lambda text: f"<code>{escape(text)}</code>", st.text(SIGNS, min_size=1, max_size=6).filter(str.strip)
)
LINE = st.lists(RUN, min_size=1, max_size=4).map("".join)
PARAGRAPH = st.lists(LINE, min_size=1, max_size=3).map(lambda lines: f"<p>{'<br>'.join(lines)}</p>")
HEADING = st.builds(lambda level, line: f"<h{level}>{line}</h{level}>", st.integers(1, 6), LINE)
CODE = st.text(SIGNS, max_size=12).map(lambda text: f"<pre><code>{escape(text)}</code></pre>")
ROW = st.lists(LINE, min_size=2, max_size=2)
TABLE = st.lists(ROW, min_size=1, max_size=3).map(
    lambda rows: (
        "<table>" + "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows) + "</table>"
    )
)


def _list(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    item = st.builds(lambda line, more: f"<li>{line}{more}</li>", LINE, st.one_of(st.just(""), children))
    kinds = st.sampled_from([("ul", ""), ("ol", ""), ("ol", ' start="7"')])
    return st.builds(
        lambda kind, items: f"<{kind[0]}{kind[1]}>{''.join(items)}</{kind[0]}>",
        kinds,
        st.lists(item, min_size=1, max_size=3),
    )


BLOCK = st.recursive(
    st.one_of(PARAGRAPH, HEADING, TABLE, CODE, st.just("<hr>")),
    lambda inner: (
        _list(inner)
        | st.lists(inner, min_size=1, max_size=2).map(lambda parts: f"<blockquote>{''.join(parts)}</blockquote>")
    ),
    max_leaves=5,
)
TEXT = st.lists(BLOCK, min_size=1, max_size=4).map("".join)


def _letters(runs: list[dict[str, Any]]) -> list[Any]:
    """Every sign with its marks; white space only keeps words apart, and shows no marks at the edge of a word."""
    found: list[Any] = []
    for run in runs:
        if "br" in run:
            found.append("new line")
        elif "code" in run:
            found.append(["code", run["code"], run["marks"]])
        else:
            found += [" " if sign.isspace() else [sign, run["marks"]] for sign in run["text"]]
    tidy: list[Any] = []
    for sign in found:
        if sign == " " and (not tidy or tidy[-1] == "new line"):
            continue
        if sign == "new line":
            while tidy and tidy[-1] == " ":
                tidy.pop()
        tidy.append(sign)
    while tidy and tidy[-1] in (" ", "new line"):
        tidy.pop()
    return tidy


def _plain_shape(shape: Any) -> Any:
    """A shape without what shows nowhere: air in lists, edges of lines, lines with nothing."""
    if isinstance(shape, dict):
        if "runs" in shape:
            return {**shape, "runs": _letters(shape["runs"])}
        if shape["is"] == "table":
            return {**shape, "rows": [[_letters(cell) for cell in row] for row in shape["rows"]]}
        kept = {name: _plain_shape(value) for name, value in shape.items() if name != "loose"}
        return {**kept, "text": shape["text"].rstrip("\n")} if "text" in shape else kept
    if isinstance(shape, list):
        parts = [_plain_shape(part) for part in shape]
        return [part for part in parts if not (isinstance(part, dict) and part.get("runs") == [])]
    return shape


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(html=TEXT)
def test_what_the_editor_writes_reads_as_what_it_shows_and_is_written_again_in_the_same_way(
    modules: Page, html: str
) -> None:
    shape, text = modules.evaluate(WRITE, html)
    read, again = modules.evaluate(READ, as_written(text))
    assert _plain_shape(read) == _plain_shape(shape), text
    assert again is not None, text
    assert as_written(again) == as_written(text)


def test_everything_that_a_text_can_show_is_held_sign_by_sign(modules: Page) -> None:
    _, text = modules.evaluate(READ, as_written(EVERYTHING))
    assert text == EVERYTHING


@pytest.mark.parametrize(
    "text",
    ["A head\nof two lines\n===", "**&nbsp;a**\n\n* a\n  ***\n  b"],
)
def test_a_text_that_the_editor_cannot_hold_whole_is_known(modules: Page, text: str) -> None:
    html = as_written(text)
    _, written = modules.evaluate(READ, html)
    is_same = "([html, other]) => isSame(html, shapeOf(rootOf(other)))"
    assert written is None or not modules.evaluate(is_same, [as_written(written), html])
