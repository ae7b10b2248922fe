"""`config/setup.sh` on machines that lack something, played with a PATH of our own."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
PLAIN = (
    "sh",
    "dirname",
    "ls",
    "grep",
    "uname",
    "cat",
    "mktemp",
    "rm",
    "tail",
    "env",
    "sed",
    "printf",
    "test",
    "mkdir",
    "touch",
    "chmod",
)


class Machine:
    """A copy of the script in a folder of its own, and the few programs that this machine has."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = folder / "bin"
        self.programs.mkdir()
        shutil.copytree(ROOT / "config", folder / "project" / "config", ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "requirements", folder / "project" / "requirements")
        for name in PLAIN:
            if found := shutil.which(name):
                (self.programs / name).symlink_to(found)
        (self.programs / "python3").symlink_to(sys.executable)

    def has(self, name: str, script: str = "exit 0") -> None:
        """Put a program on the path; what it is called with is kept."""
        program = self.programs / name
        program.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.folder}/called"\n{script}\n')
        program.chmod(0o755)

    def run(self, purpose: str = "test", **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "config/setup.sh", purpose],
            cwd=self.folder / "project",
            env={"PATH": str(self.programs), "TMPDIR": str(self.folder), **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self, program: str) -> list[str]:
        file = self.folder / "called"
        lines = file.read_text().splitlines() if file.exists() else []
        return [line for line in lines if line.startswith(f"{program} ")]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_without_rights_it_prints_the_exact_command(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("apt-get")

    said = machine.run()

    assert said.returncode == 1
    assert (
        "I may not install system packages here. Please run:\n    sudo apt-get update && sudo apt-get install"
        in said.stderr
    )
    assert " redis-server" in said.stderr
    assert " chromium" in said.stderr
    assert machine.calls("apt-get") == []


def test_where_sudo_wants_a_password_and_nobody_can_type_it_the_command_is_printed(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("apt-get")
    machine.has("sudo", "exit 1")

    said = machine.run()

    assert said.returncode == 1
    assert "Please run:" in said.stderr
    assert machine.calls("sudo") == ["sudo -n true"]


def test_it_says_what_it_installs_before_it_does(machine: Machine) -> None:
    machine.has("id", "echo 0")
    machine.has("apt-cache")
    machine.has("apt-get", "echo 'no space left'; exit 100")

    said = machine.run()

    assert said.returncode == 1
    assert said.stdout.splitlines()[0] == "This machine lacks:"
    assert "Installing, with apt-get:" in said.stdout
    assert "no space left" in said.stderr
    assert machine.calls("apt-get")[0].startswith("apt-get install -y -q --no-install-recommends ")


def test_sudo_is_used_where_we_are_not_root(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("apt-cache")
    machine.has("apt-get", "exit 100")
    machine.has("sudo", '[ "$1" = -n ] && exit 0; exec "$@"')

    said = machine.run()

    assert "(sudo may ask for your password)" in said.stdout
    assert machine.calls("sudo")[1].startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get install")


def test_fedora_gets_the_names_of_its_own_packages(machine: Machine) -> None:
    machine.has("id", "echo 1000")
    machine.has("dnf")

    said = machine.run()

    assert said.returncode == 1
    assert "    sudo dnf install" in said.stderr
    assert " valkey " in said.stderr


def test_macos_gets_the_names_of_homebrew(machine: Machine) -> None:
    (machine.programs / "uname").unlink()
    machine.has("uname", "echo Darwin")
    machine.has("brew")

    said = machine.run()

    assert said.returncode == 1
    assert "    brew install" in said.stderr
    assert "libjaxb" not in said.stderr


def test_a_machine_without_redis_and_without_rights_takes_the_package(machine: Machine) -> None:
    """Only the broker is missing: the product runs all the same."""
    if (
        subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout.count("libpango")
        == 0
    ):
        pytest.skip("the text libraries are missing here")
    machine.has("id", "echo 1000")
    machine.has("apt-get")
    machine.has("uv", "for last; do :; done; mkdir -p .venv/bin; touch .venv/bin/python; chmod +x .venv/bin/python")
    project = machine.folder / "project"

    said = machine.run("run")

    assert said.returncode == 0, said.stderr
    assert "I take the one that comes as a Python package." in said.stdout
    assert machine.calls("uv")[-1].endswith("--require-hashes --no-build requirements/base.txt requirements/demo.txt")
    assert (project / ".venv" / ".made-of").read_text().endswith("requirements/base.txt requirements/demo.txt\n")


def test_a_second_run_does_nothing(machine: Machine) -> None:
    machine.has("redis-server")
    machine.has("uv", "mkdir -p .venv/bin; touch .venv/bin/python; chmod +x .venv/bin/python")
    machine.run("run")
    before = machine.calls("uv")

    said = machine.run("run")

    assert (said.returncode, said.stdout) == (0, "")
    assert machine.calls("uv") == before != []


@pytest.mark.parametrize("told", [{}, {"SSL_CERT_FILE": "/our/own.pem"}])
def test_uv_and_pip_trust_what_the_machine_trusts(machine: Machine, told: dict[str, str]) -> None:
    lists = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
    machines = next((name for name in lists if Path(name).is_file()), "")
    machine.has("redis-server")
    machine.has("uv", f'echo "uv $PIP_CERT $SSL_CERT_FILE" >> "{machine.folder}/called"; exit 1')

    machine.run("run", **told)

    if machines:
        assert machine.calls("uv")[-1] == f"uv {machines} {told.get('SSL_CERT_FILE', machines)}"
    else:
        assert machine.calls("uv")[-1].split() == ["uv", *told.values()]
