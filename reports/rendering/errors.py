"""Why a document could not be made.

RenderError
├── FontsMissing     the fonts were never built on this machine
├── TooManyPages     more pages than a document may have
├── TooManyPictures  more pictures than a document may have
├── TooSlow          more seconds than a document may take
└── NothingToShow    the case has no content for this kind of document yet
"""


class RenderError(Exception):
    """The document was not made. `message` is a sentence for people; `code` is stable, for programs and tests."""

    code = "render_failed"

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class FontsMissing(RenderError):  # noqa: N818 - named after what is the case
    """The fonts are not below FONTS_DIR."""

    code = "fonts_missing"

    def __init__(self) -> None:
        super().__init__(
            "The fonts for documents are missing on the server. Its operator can run manage.py build_fonts."
        )


class TooManyPages(RenderError):  # noqa: N818 - named after what is the case
    """The layout passed the limit of pages."""

    code = "too_many_pages"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The document would have more than {limit} pages. Shorten its longest texts and try again.")


class TooManyPictures(RenderError):  # noqa: N818 - named after what is the case
    """The document asks for more pictures than the limit."""

    code = "too_many_pictures"

    def __init__(self, limit: int) -> None:
        super().__init__(f"The document would have more than {limit} pictures. Leave some of them out and try again.")


class TooSlow(RenderError):  # noqa: N818 - named after what is the case
    """The layout passed the limit of seconds."""

    code = "too_slow"

    def __init__(self, limit: float) -> None:
        super().__init__(f"Making the document took more than {limit:.0f} seconds, so it was ended. Please try again.")


class NothingToShow(RenderError):  # noqa: N818 - named after what is the case
    """The case has nothing that this document could show."""

    code = "nothing_to_show"
