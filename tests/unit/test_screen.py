"""Where a command's words go may be closed, full, or of a small charset; what it does must not depend on that."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipelines.store import audit, records
from pipelines.store.durable import whole_file
from tests.store_samples import article, store

ROOT = Path(__file__).resolve().parents[2]
SHOWING = ["report", "doctor", "models list", "show seeds/003_e839edf27c426684.txt --fresh"]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("screen") / "output"
    with store(folder) as target:
        target.add(article(1))
    return folder


def shell(line: str, root: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run ``scrapy …`` in a shell, where ``$S`` is scrapy and ``$O`` the folder of records."""
    scrapy = {"S": f"{sys.executable} -m scrapy", "O": os.fspath(root)}
    return subprocess.run(
        ["bash", "-c", line], cwd=ROOT, env={**os.environ, **scrapy, **environment}, capture_output=True, timeout=120
    )


@pytest.mark.parametrize("command", [*SHOWING, "compact"])
def test_a_full_disk_behind_what_is_printed_is_one_line(root: Path, command: str):
    done = shell(f"$S {command} -s OUTPUT_DIR=$O > /dev/full", root)
    assert done.returncode == 3
    assert done.stderr.decode().splitlines() == ["error: cannot write to standard output: No space left on device"]


@pytest.mark.parametrize("command", SHOWING)
def test_a_reader_that_goes_away_changes_no_exit_code(root: Path, command: str):
    done = shell(f"$S {command} -s OUTPUT_DIR=$O | true; exit ${{PIPESTATUS[0]}}", root)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("command", SHOWING)
def test_characters_that_a_terminal_lacks_become_question_marks(root: Path, command: str):
    done = shell(f"$S {command} -s OUTPUT_DIR=$O", root, PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout and done.stdout.isascii()


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
@pytest.mark.parametrize("command", ["replay seeds/", "crawl replay -a pages=seeds/"])
def test_closed_streams_stop_no_run(tmp_path: Path, command: str, closed: str):
    done = shell(f"$S {command} -s OUTPUT_DIR=$O {closed}", tmp_path / "output")
    assert done.returncode == 0
    assert len(records.by_id(tmp_path / "output", "")) == 5
    assert all(one.level is not audit.Level.PROBLEM for one in audit.check(tmp_path / "output", deep=True))


@pytest.mark.parametrize("name", ["caf\udce9", "输出", "a b", "line\nbreak", "12:30", "a%20b#c?d"])
def test_an_output_folder_may_have_any_name(tmp_path: Path, name: str):
    folder = tmp_path / name
    with store(folder) as target:
        target.add(article(1))
    assert all(one.level is not audit.Level.PROBLEM for one in audit.check(folder, deep=True))
    assert [row["record_id"] for row in records.by_id(folder, "")] == [article(1).record_id]


def test_a_folder_without_a_name_is_refused(tmp_path: Path):
    for command in ("replay seeds/", "report", "doctor", "compact", "show x"):
        done = shell(f'$S {command} -o ""', tmp_path)
        assert done.returncode == 2, command
        assert b"Traceback" not in done.stderr


# --- Ctrl-C


def test_ctrl_c_before_a_command_runs_is_one_word():
    line = "import crawler.settings; raise KeyboardInterrupt"
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (-signal.SIGINT, b"interrupted\n")


def test_other_errors_before_a_command_runs_are_shown():
    line = "import crawler.settings; raise ValueError('what went wrong')"
    done = subprocess.run([sys.executable, "-c", line], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode == 1 and b"what went wrong" in done.stderr


def test_ctrl_c_leaves_the_server_of_the_workers_alone():
    line = """
import os, signal
from multiprocessing import forkserver
from pipelines.processes import context, start_server
if __name__ == "__main__":
    signal.signal(signal.SIGINT, lambda *_: None)
    start_server()
    first = forkserver._forkserver._forkserver_pid
    os.killpg(0, signal.SIGINT)
    worker = context().Process(target=os.getpid)
    worker.start()
    worker.join()
    print(worker.exitcode, forkserver._forkserver._forkserver_pid == first)
"""
    done = subprocess.run(
        [sys.executable, "-c", line], cwd=ROOT, start_new_session=True, capture_output=True, timeout=120
    )
    assert (done.stdout, done.stderr) == (b"0 True\n", b"")


# --- files that the user names


def test_a_file_is_replaced_when_the_new_one_is_whole(tmp_path: Path):
    path = tmp_path / "page.html"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), whole_file(path) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert path.read_bytes() == b"old"
    with whole_file(path) as stream:
        stream.write(b"new")
    assert path.read_bytes() == b"new" and list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_a_pipe_a_pipe(tmp_path: Path):
    (tmp_path / "link").symlink_to("target")
    with whole_file(tmp_path / "link") as stream:
        stream.write(b"new")
    assert (tmp_path / "link").is_symlink() and (tmp_path / "target").read_bytes() == b"new"
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with whole_file(tmp_path / "pipe") as stream:
        stream.write(b"through")
    assert os.read(reader, 100) == b"through" and (tmp_path / "pipe").is_fifo()
    os.close(reader)


def test_a_report_can_be_written_to_a_pipe(root: Path):
    done = shell("$S report -o $O --html /dev/stdout | cat", root)
    assert done.stdout.startswith(b"<!DOCTYPE html>") and done.stdout.endswith(b"</html>\n")


@pytest.mark.parametrize("command", ["doctor", "report", "compact", "show x"])
def test_an_option_that_there_is_not_is_named(tmp_path: Path, command: str):
    done = shell(f"$S {command} --depp -o $O", tmp_path)
    assert done.returncode == 2
    assert f"unknown option --depp; `scrapy {command.split()[0]} -h` lists them".encode() in done.stderr
