"""The description of the servers: complete, and with the same commands as `make run`."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from config import programs

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return found


def test_two_web_and_two_workers_and_one_clock(compose: dict[str, Any]) -> None:
    replicas = {name: service.get("deploy", {}).get("replicas", 1) for name, service in compose["services"].items()}

    assert replicas == {
        "migrate": 1, "web": 2, "worker": 2, "beat": 1, "database": 1, "broker": 1, "storage": 1, "bucket": 1,
        "scanner": 1,
    }  # fmt: skip


def test_every_image_from_elsewhere_has_a_version(compose: dict[str, Any]) -> None:
    images = {service["image"] for service in compose["services"].values()} - {"critical-friend"}

    assert images
    assert [image for image in images if not re.search(r":(?=.*\d)", image)] == []


def test_everything_that_stays_up_says_how_it_is(compose: dict[str, Any]) -> None:
    once = {"migrate", "bucket"}
    silent = {name for name, service in compose["services"].items() if "healthcheck" not in service}

    assert silent == once


def test_every_setting_that_it_passes_on_is_one(compose: dict[str, Any]) -> None:
    lines = (line.lstrip("# ") for line in (ROOT / ".env.example").read_text().splitlines())
    settings = {line.partition("=")[0] for line in lines if "=" in line}

    assert set(compose["x-product"]["environment"]) - settings == set()


def test_secrets_have_no_default(compose: dict[str, Any]) -> None:
    text = (ROOT / "compose.yaml").read_text()
    weak = re.findall(r"\$\{((?:SECRET_KEY|\w+_PASSWORD|S3_SECRET_KEY):?-[^}]*)\}", text)

    assert weak == []
    assert compose["services"]["database"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")


def test_worker_and_clock_start_as_they_do_on_one_machine(compose: dict[str, Any]) -> None:
    worker, beat = (compose["services"][name]["command"][1:] for name in ("worker", "beat"))

    assert worker == list(programs.worker().argv[1:])
    assert beat == list(programs.beat().argv[1:])


def test_the_image_serves_with_one_blocking_thread_like_one_machine() -> None:
    text = (ROOT / "Dockerfile").read_text()
    for option in ("--interface", "--workers", "--blocking-threads", "--http"):
        argv = programs.web(host="", port=1).argv
        assert f'"{option}", "{argv[argv.index(option) + 1]}"' in text
    assert "USER friend" in text
