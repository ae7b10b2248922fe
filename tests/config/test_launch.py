"""What stands in the way of a start, each in a sentence with its cure."""

import json
import os
import runpy
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from config import launch, programs
from config.launch import CannotStart, Place
from config.sockets import LONGEST, broker_socket
from tests.servers import free_port
from tests.stack import ROOT


@pytest.fixture(autouse=True)
def _nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PUBLIC_URL", "DATABASE_URL", "REDIS_URL", "S3_BUCKET", "DEMONSTRATION"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def listener() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_the_address_has_the_chosen_port() -> None:
    assert Place.of("127.0.0.1", "8123") == Place("127.0.0.1", 8123, "http://localhost:8123")


def test_the_public_address_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://reviews.example.org/")

    assert Place.of("127.0.0.1", "8123").address == "https://reviews.example.org"


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", ""])
def test_a_port_that_is_none_is_named(port: str) -> None:
    with pytest.raises(CannotStart, match=r"PORT must be a number from 1 to 65535"):
        Place.of("127.0.0.1", port)


def test_a_taken_port_is_named_with_one_that_is_free(listener: int) -> None:
    with pytest.raises(CannotStart) as refused:
        launch.check_port(Place("127.0.0.1", listener, ""))

    first, second = str(refused.value).splitlines()
    assert first == f"Port {listener} is taken by another program."
    assert second.startswith("Choose another one, for example: PORT=")
    assert second.endswith(" make run")
    launch.check_port(Place("127.0.0.1", int(second.partition("=")[2].partition(" ")[0]), ""))


def test_an_address_of_another_machine_is_named() -> None:
    with pytest.raises(CannotStart, match=r"192\.0\.2\.7 is not an address of this machine"):
        launch.check_port(Place("192.0.2.7", free_port(), ""))


def test_a_second_start_from_the_same_folder_names_the_first(tmp_path: Path) -> None:
    with (
        launch.only_one(tmp_path, address="http://localhost:8123"),
        pytest.raises(CannotStart) as refused,
        launch.only_one(tmp_path, address="http://localhost:8124"),
    ):
        pass

    assert f"already runs from this folder: http://localhost:8123 (process {os.getpid()})." in str(refused.value)


def test_the_lock_is_free_again_after_the_end(tmp_path: Path) -> None:
    with launch.only_one(tmp_path, address="http://localhost:8123"):
        pass
    with launch.only_one(tmp_path, address="http://localhost:8124"):
        assert (tmp_path / "up.lock").read_text() == f"http://localhost:8124 (process {os.getpid()})"


def test_a_machine_without_any_broker_is_told_where_to_get_one(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.REDIS_IS_PRIVATE = True
    monkeypatch.setattr(programs, "find_broker", lambda: None)

    with pytest.raises(CannotStart, match="neither redis-server nor valkey-server was found"):
        launch.private_broker()


def test_a_broker_that_somebody_else_runs_is_not_started(settings: Settings) -> None:
    settings.REDIS_IS_PRIVATE = False

    assert launch.private_broker() is None


def test_a_socket_that_nobody_answers_is_removed(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_IS_PRIVATE, settings.VAR_DIR = True, tmp_path
    settings.REDIS_SOCKET = tmp_path / "redis.sock"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(settings.REDIS_SOCKET))

    program = launch.private_broker()

    assert program is not None
    assert not settings.REDIS_SOCKET.exists()


def test_redis_and_valkey_keep_their_own_folders(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_IS_PRIVATE, settings.VAR_DIR, settings.REDIS_SOCKET = True, tmp_path, tmp_path / "s"
    folders = []
    for binary in ("/usr/bin/redis-server", "/usr/bin/valkey-server"):
        monkeypatch.setattr(programs, "find_broker", lambda binary=binary: binary)
        program = launch.private_broker()
        assert program is not None
        folders.append(Path(program.argv[program.argv.index("--dir") + 1]).name)

    assert folders == ["redis", "valkey"]


def test_a_folder_of_somebody_else_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.REDIS_IS_PRIVATE = True
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    settings.REDIS_SOCKET = tmp_path / "link" / "redis.sock"

    with pytest.raises(CannotStart, match="belongs to somebody else"):
        launch.private_broker()


def test_a_short_folder_holds_the_socket_itself() -> None:
    assert broker_socket(Path("/srv/friend/run")) == Path("/srv/friend/run/redis.sock")


def test_a_long_folder_gets_a_short_socket_that_is_always_the_same() -> None:
    deep = Path("/srv", *["a-folder-with-a-long-name"] * 5)

    assert len(os.fsencode(broker_socket(deep))) <= LONGEST
    assert broker_socket(deep) == broker_socket(deep)
    assert broker_socket(deep) != broker_socket(deep / "other")


def test_the_demonstration_is_on_where_nothing_was_configured() -> None:
    assert _settings_of_now()["DEMONSTRATION"] is True


@pytest.mark.parametrize(
    "setting",
    [
        "DATABASE_URL=postgres://a@b/c",
        "REDIS_URL=redis://b:6379/0",
        "PUBLIC_URL=https://a.org",
        "S3_BUCKET=files",
        "ALLOWED_HOSTS=a.org",
        "EMAIL_URL=smtp://mail.a.org:25",
    ],
)
def test_the_demonstration_is_off_where_something_was_configured(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*setting.split("=", 1))

    assert _settings_of_now()["DEMONSTRATION"] is False


def _settings_of_now() -> dict[str, Any]:
    """What the file of settings makes of the environment: Django itself reads it once."""
    return runpy.run_path(str(ROOT / "config" / "settings.py"))


def test_the_demonstration_is_off_when_somebody_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEMONSTRATION", "false")

    assert not launch.is_demonstration(launch.environment(Place.of("127.0.0.1", "8000")))


def test_the_demonstration_is_off_when_other_machines_can_come() -> None:
    assert not launch.is_demonstration(launch.environment(Place.of("0.0.0.0", "8000")))  # noqa: S104


LOGINS = [
    {"role": "Secretariat", "name": "Ana Pop", "email": "ana@example.org", "password": "one-two"},
    {"role": "Lead", "name": "Bo", "email": "bo@example.org", "password": "three"},
]


def test_the_logins_are_a_table(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("COLUMNS", "100")
    (tmp_path / "demo-logins.json").write_text(json.dumps(LOGINS))

    assert launch.logins_table() == (
        "  Role              E-mail           Password\n"
        "  ----------------  ---------------  --------\n"
        "  Secretariat       ana@example.org  one-two\n"
        "  Lead              bo@example.org   three"
    )


def test_a_long_role_is_broken_to_fit_the_terminal(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.VAR_DIR = tmp_path
    monkeypatch.setenv("COLUMNS", "60")
    long = {"role": "Host coordinator, Tallinn (checks the facts)", "email": "t@example.org", "password": "three"}
    (tmp_path / "demo-logins.json").write_text(json.dumps([*LOGINS, long]))

    assert launch.logins_table().splitlines()[-3:] == [
        "  Lead                           bo@example.org   three",
        "  Host coordinator, Tallinn      t@example.org    three",
        "    (checks the facts)",
    ]


def test_without_logins_there_is_no_table(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_DIR = tmp_path

    assert launch.logins_table() == ""
