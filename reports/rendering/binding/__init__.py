"""Binds a document from parts that are laid out once and kept.

Laying out a report page by page is nine tenths of the work, and almost all of it is the same as yesterday: somebody
changed a word. A document is therefore cut where a new page begins anyway (cover, contents, chapters). Each part is
laid out and drawn for itself, without running heads and page numbers (typeset.py), and kept by the hash of all that it
shows (kept.py). Binding (volume.py) numbers the pages, draws the margins (margins.py), embeds each font once
(faces.py), and writes one file. A document made from kept parts has the same bytes as one made anew, because it goes
the same way.
"""
