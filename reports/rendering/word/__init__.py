"""A composed document as a Word file, for those who must edit it.

It is made from the same HTML as the PDF, element by element, with real styles: what a new kind of block shows in the
PDF is in the Word file too. `walk.py` reads the HTML, `pen.py` writes paragraphs, `styles.py` says how they look.
"""

from reports.rendering.word.writing import write_word

__all__ = ["write_word"]
