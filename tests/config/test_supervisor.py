"""Keeping processes running, with real small ones."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import supervisor as module
from config.programs import Program
from config.supervisor import Broken, Stopped, Supervisor
from tests.servers import wait_until


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    with Supervisor(log=tmp_path / "log" / "all.log", say=said.append, environment=os.environ) as supervisor:
        yield supervisor


def program(name: str, code: str) -> Program:
    """A Python program of one line."""
    return Program(name, (sys.executable, "-c", code))


def pid_of(supervisor: Supervisor, name: str) -> int:
    process = supervisor.all[name].process
    assert process is not None
    return process.pid


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


def test_all_lines_go_to_the_log_and_errors_to_the_screen(
    supervisor: Supervisor, said: list[str], tmp_path: Path
) -> None:
    supervisor.start(program("web", "print('hello'); print('ERROR no disk'); import time; time.sleep(60)"))

    assert supervisor.wait(lambda: bool(said), seconds=10)
    assert said == ["web    | ERROR no disk"]
    lines = (tmp_path / "log" / "all.log").read_text().splitlines()
    assert [line.split(" ", 2)[2] for line in lines] == ["web    | hello", "web    | ERROR no disk"]


def test_a_process_that_is_killed_comes_back(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(program("worker", "import time; time.sleep(60)"))
    first = pid_of(supervisor, "worker")
    supervisor.reviving = True

    os.kill(first, signal.SIGKILL)

    assert supervisor.wait(lambda: pid_of(supervisor, "worker") != first, seconds=10)
    assert said == ["worker | ended with -9; starting it again."]


def test_children_of_a_killed_process_do_not_keep_its_port(supervisor: Supervisor, tmp_path: Path) -> None:
    child = f"import os, time; open({str(tmp_path / 'child')!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    supervisor.start(program("web", f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"))
    assert supervisor.wait(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text() != "", seconds=10)
    orphan = int((tmp_path / "child").read_text())
    supervisor.reviving = True

    os.kill(pid_of(supervisor, "web"), signal.SIGKILL)

    assert supervisor.wait(lambda: not is_alive(orphan), seconds=10)


def test_a_process_that_never_stays_up_ends_everything_with_its_last_words(
    supervisor: Supervisor, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.01)
    supervisor.start(program("beat", "print('the schedule is not mine'); raise SystemExit(3)"))

    supervisor.reviving = True
    with pytest.raises(Broken) as broken:
        supervisor.watch()

    assert str(broken.value) == (
        "The beat process does not stay up (it ended with 3). Its last words:\n    the schedule is not mine"
    )
    assert said == ["beat   | ended with 3; starting it again."] * module.REVIVALS


def test_a_process_that_ends_before_the_product_is_ready_is_not_tried_again(supervisor: Supervisor) -> None:
    supervisor.start(program("broker", "print('Address in use'); raise SystemExit(1)"))

    with pytest.raises(Broken, match="Address in use"):
        supervisor.wait(lambda: False, seconds=10)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_it_stops(supervisor: Supervisor, number: int) -> None:
    supervisor.start(program("web", "import time; time.sleep(60)"))
    threading.Timer(0.3, os.kill, (os.getpid(), number)).start()

    with pytest.raises(Stopped):
        supervisor.watch()


def test_leaving_ends_all_and_the_first_one_last(tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        f"    open({str(order)!r}, 'a').write('NAME ')\n"
        "    sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\n"
        "print('up'); time.sleep(60)"
    )
    with Supervisor(log=tmp_path / "log", say=print, environment=os.environ) as supervisor:
        for name in ("broker", "web", "worker"):
            supervisor.start(program(name, code.replace("NAME", name)))
        up = supervisor.wait(lambda: all("up" in one.last_words for one in supervisor.all.values()), seconds=15)
        pids = [pid_of(supervisor, name) for name in supervisor.all]

    assert up
    assert order.read_text().split()[-1] == "broker"
    assert sorted(order.read_text().split()) == ["broker", "web", "worker"]
    assert [is_alive(pid) for pid in pids] == [False, False, False]


def test_a_process_that_does_not_listen_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "GRACE", 0.5)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up'); time.sleep(60)"
    with Supervisor(log=tmp_path / "log", say=print, environment=os.environ) as supervisor:
        supervisor.start(program("web", deaf))
        assert supervisor.wait(lambda: "up" in supervisor.all["web"].last_words, seconds=10)
        pid = pid_of(supervisor, "web")

    assert not is_alive(pid)


@pytest.mark.skipif(module._dies_with_us() == (), reason="needs setpriv of util-linux")
def test_a_supervisor_that_is_killed_takes_its_processes_along(tmp_path: Path) -> None:
    code = f"""
import os, sys, time
from pathlib import Path
from config.programs import Program
from config.supervisor import Supervisor
with Supervisor(log=Path({str(tmp_path / "log")!r}), say=print, environment=os.environ) as supervisor:
    supervisor.start(Program("web", (sys.executable, "-c", "import time; time.sleep(60)")))
    time.sleep(0.5)
    print(supervisor.all["web"].process.pid, flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        process.kill()
    with contextlib.suppress(ProcessLookupError):
        wait_until(lambda: not is_alive(child), "The end of the child")

    assert not is_alive(child)


def test_a_command_runs_to_its_end_under_watch(supervisor: Supervisor) -> None:
    assert supervisor.run([sys.executable, "-c", "raise SystemExit(7)"]) == 7


DEAF = """
import os, signal, subprocess, sys, time
from config import orphans
orphans.LOOK_EVERY, orphans.GRACE = 0.02, 0.1
orphans.end_with_parent()
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
print(os.getpid(), child.pid, flush=True)
time.sleep(60)
"""


def test_a_deaf_process_and_its_children_go_with_a_supervisor_that_is_killed(tmp_path: Path) -> None:
    """A worker is such a process while it starts (config/celery.py); no help of the kernel is needed."""
    code = f"""
import os, sys
from pathlib import Path
from config import supervisor
from config.programs import Program
supervisor._dies_with_us = lambda: ()
with supervisor.Supervisor(log=Path({str(tmp_path / "log")!r}), say=print, environment=os.environ) as running:
    running.start(Program("deaf", (sys.executable, "-c", {DEAF!r})))
    running.wait(lambda: len(running.all["deaf"].last_words) > 0, seconds=30)
    print(running.all["deaf"].last_words[0], flush=True)
    running.watch()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        pids = [int(pid) for pid in process.stdout.readline().split()]
        assert [is_alive(pid) for pid in pids] == [True, True]
        process.kill()

    wait_until(lambda: not any(map(is_alive, pids)), "The end of both", seconds=15)
