"""Under limits that leave no room to work a command says so in one line and ends with 3, having written nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def limited(limit, *arguments):
    line = ["bash", "-c", f'ulimit {limit} && exec "$@"', "-", sys.executable, "-m", "scrapy", *map(str, arguments)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120)


@pytest.mark.parametrize(
    ("limit", "says"), [("-n 20", "open files and may have 20"), ("-v 400000", "address space and may have 0.4")]
)
@pytest.mark.parametrize("command", ["replay", "crawl"])
def test_a_run_that_has_no_room_says_so_in_one_line(tmp_path, limit, says, command):
    output = tmp_path / "output"
    arguments = ["seeds/", "-o", output] if command == "replay" else ["news", "-s", f"OUTPUT_DIR={output}"]
    done = limited(limit, command, *arguments, "-s", "LOG_LEVEL=WARNING")
    [line] = done.stderr.splitlines()
    assert done.returncode == 3 and line.startswith("error: ") and says in line and done.stdout == ""
    assert not output.exists()


def test_a_page_that_cannot_be_cleaned_for_want_of_room(tmp_path):
    done = limited("-v 400000", "show", "--fresh", next(Path(ROOT / "seeds").glob("*.txt")), "-o", tmp_path)
    [line] = done.stderr.splitlines()
    assert done.returncode == 3 and "needs 0.5 GiB of address space" in line


def test_a_low_limit_that_may_be_raised_is_raised(tmp_path):
    done = limited("-S -n 30", "replay", "seeds/", "-o", tmp_path, "--quiet")
    assert done.returncode == 0 and list(tmp_path.glob("articles/**/*.parquet")), done.stderr
