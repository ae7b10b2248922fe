"""The text and the pictures of files, taken out in a process of their own.

A file comes from anywhere, and the libraries that read it are large programs in C. So no worker and no web process
reads one itself: a child does (`child.py`), which knows no database and no secret, may use so much memory and so many
seconds (`limits.py`), and tells page by page what it found. When it crashes, hangs or eats its memory, one file could
not be read, and nobody else notices.

Nothing is imported here: a child begins with this package, once a file, and needs little of it.
"""
