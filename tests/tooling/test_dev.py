"""dev.py: what it decides, and that nothing it starts outlives it."""

import ast
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

import dev

SOURCE = Path(dev.__file__).read_text()
GRANDCHILD = "import subprocess, sys, time; print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


def is_alive(pid: int) -> bool:
    """A zombie that nobody has waited for is not alive."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize(("version", "fits"), [((3, 10, 13), False), ((3, 11, 0), True), ((3, 14, 1), True)])
def test_an_old_python_is_told_what_to_do(version: tuple[int, ...], fits: bool) -> None:
    complaint = dev.wrong_python(version)
    assert complaint is None if fits else complaint and "Start it as: python3.11 dev.py" in complaint


def test_an_old_python_can_read_the_file_as_far_as_the_version_check() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    imports = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Import | ast.ImportFrom)]
    named = [node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name for node in imports]
    assert {name.partition(".")[0] for name in named} <= sys.stdlib_module_names


def test_a_digest_follows_bytes_names_and_words(tmp_path: Path) -> None:
    file = tmp_path / "lock.txt"
    file.write_text("django==5.2")
    digests = {dev.digest([file]), dev.digest([file], "postgres://")}
    file.write_text("django==5.3")
    digests |= {dev.digest([file]), dev.digest([file.rename(tmp_path / "other.txt")])}
    assert len(digests) == 4


def test_a_stamp_holds_for_its_input_alone(tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    assert not dev.is_done(stamp, "a")
    stamp.write_text("a")
    assert dev.is_done(stamp, "a")
    assert not dev.is_done(stamp, "b")


def test_run_is_the_default_command() -> None:
    args = dev.parse(["--port", "9000"])
    assert (args.command, args.port) == ("run", 9000)


def test_an_option_of_another_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        dev.parse(["demo", "--port", "9000"])
    assert "demo does not take --port" in capsys.readouterr().err


def test_a_demo_does_not_touch_the_developers_own_backends(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://real")
    assert dev.server_env(tmp_path)["DATABASE_URL"] == "postgres://real"
    assert dev.server_env(tmp_path, isolated=True)["DATABASE_URL"] == ""


def test_what_is_missing_is_listed_with_its_install_line() -> None:
    with pytest.raises(dev.Failure, match="Redis: apt-get install -y redis-server"):
        dev.require({"Redis": "apt-get install -y redis-server"})


def test_a_failed_command_shows_what_it_wrote() -> None:
    with dev.Children() as children, pytest.raises(dev.Failure, match="no such table"):
        children.call(sys.executable, "-c", "raise SystemExit('no such table')")


def test_the_processes_of_a_child_end_with_it() -> None:
    with dev.Children() as children:
        child = children.start([sys.executable, "-c", GRANDCHILD], output=subprocess.PIPE)
        assert child.stdout
        grandchild = int(child.stdout.readline())
        assert is_alive(grandchild)
    time.sleep(0.1)
    assert not is_alive(grandchild)
    assert child.returncode == -signal.SIGTERM


def test_a_child_that_will_not_end_is_ended() -> None:
    with dev.Children(patience=0.2) as children:
        child = children.start([sys.executable, "-c", STUBBORN], output=subprocess.PIPE)
        assert child.stdout
        child.stdout.readline()
    assert child.returncode == -signal.SIGKILL


@pytest.mark.scaleout
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_services_end_with_the_command_that_started_them(number: signal.Signals) -> None:
    command = [sys.executable, "dev.py", "services"]
    with subprocess.Popen(command, cwd=dev.ROOT, stdout=subprocess.PIPE, text=True) as services:
        assert services.stdout
        urls = [services.stdout.readline().partition("=")[2].strip() for _ in range(2)]
        with psycopg.connect(urls[0]) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
        services.send_signal(number)
    assert row
    assert not Path(row[0]).parent.exists()
    assert not any(dev.is_taken(urlsplit(url).port or 0) for url in urls)
