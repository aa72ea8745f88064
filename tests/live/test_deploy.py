"""The files in deploy/ are tried as far as a machine without systemd, cron or a container builder running can."""

import configparser
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.store.durable import FolderLock
from tests import forked

from .plain import Plain, stories
from .world import ROOT

DEPLOY = ROOT / "deploy"
SCRAPY = Path(sys.executable).parent / "scrapy"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_takes_the_units_and_finds_them_well_locked(tmp_path):
    for name in ("polyglean.service", "polyglean.timer"):
        text = (DEPLOY / name).read_text()
        text = text.replace("/opt/polyglean/.venv/bin/scrapy", str(SCRAPY)).replace("/opt/polyglean", str(ROOT))
        (tmp_path / name).write_text(text.replace("User=polyglean", "User=daemon"))
    files = [str(tmp_path / "polyglean.service"), str(tmp_path / "polyglean.timer")]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, timeout=60)
    assert "polyglean" not in done.stderr and done.returncode == 0, done.stderr
    secure = ["systemd-analyze", "security", "--offline=true", "--threshold=30", files[0]]
    done = subprocess.run(secure, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stdout[-500:] + done.stderr


def command_lines():
    """Every crawl command that a file in deploy/ starts."""
    service = re.search(r"^ExecStart=(.*)$", (DEPLOY / "polyglean.service").read_text(), re.MULTILINE)[1]
    cron = re.search(r"\$\((.*?) 2>&1\)", (DEPLOY / "crontab").read_text())[1]
    container = (DEPLOY / "Containerfile").read_text()
    parts = [re.search(rf"^{key} (\[.*\])$", container, re.MULTILINE)[1] for key in ("ENTRYPOINT", "CMD")]
    joined = [word for part in parts for word in tomllib.loads(f"x = {part}")["x"]]
    return {"service": shlex.split(service), "cron": shlex.split(cron), "container": joined}


@pytest.mark.parametrize("where", ["service", "cron", "container"])
def test_each_command_line_starts_a_crawl(where, tmp_path):
    words = command_lines()[where]
    assert Path(words[0]).name == "scrapy"
    bad = tmp_path / "sources.toml"
    bad.write_text("x = 1\n")
    words = [f"sources={bad}" if word.startswith("sources=") else word for word in words[1:]]
    words = [f"OUTPUT_DIR={tmp_path}" if word.startswith("OUTPUT_DIR=") else word for word in words]
    words = [f"--logfile={tmp_path}/log" if word.startswith("--logfile=") else word for word in words]
    words += ["-s", f"OUTPUT_DIR={tmp_path}/out"]
    done = subprocess.run([str(SCRAPY), *words], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2 and f"{bad}:1: unknown table 'x'" in done.stderr, done.stderr[-2000:]


def cron_line():
    """The line's five fields, and its command."""
    (line,) = [one for one in (DEPLOY / "crontab").read_text().splitlines() if re.match(r"\d", one)]
    return line.split(None, 5)[:5], line.split(None, 5)[5]


def test_the_cron_line_runs_in_a_shell_and_swallows_75_only(tmp_path):
    fields, command = cron_line()
    assert len(fields) == 5 and all(re.fullmatch(r"[\d*/,-]+", field) for field in fields) and "%" not in command
    (tmp_path / ".venv/bin").mkdir(parents=True)
    fake = tmp_path / ".venv/bin/scrapy"
    for code, expected in ((0, 0), (75, 0), (3, 3), (4, 4)):
        fake.write_text(f"#!/bin/sh\nmkdir -p output\necho a table\necho a word >&2\nexit {code}\n")
        fake.chmod(0o755)
        line = ["/bin/sh", "-c", command.replace("/opt/polyglean", str(tmp_path))]
        done = subprocess.run(line, capture_output=True, text=True, timeout=20)
        assert (done.returncode, done.stderr) == (expected, "")
        assert done.stdout == ("a table\na word\n" if expected else "")  # cron mails whatever is printed
    assert (tmp_path / "output/crawl.log").read_text() == "a table\na word\n" * 4


def test_the_cron_line_crawls_from_an_empty_folder_and_is_silent(tmp_path):
    for name in ("crawler", "pipelines", "scrapy.cfg"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/scrapy").symlink_to(SCRAPY)
    (tmp_path / "seeds").mkdir()
    plain = Plain(tmp_path / "seeds", "127.0.0.1")
    paths = stories(plain, 2)
    plain.news("/feed", [(path, timedelta(hours=1)) for path in paths])
    plain.write(plain.feeds("/feed"))
    command = cron_line()[1].replace("/opt/polyglean", str(tmp_path))

    def cron():
        line = ["/bin/sh", "-c", command]
        return subprocess.run(line, capture_output=True, text=True, timeout=300, env={"PATH": "/usr/bin:/bin"})

    done, log = cron(), tmp_path / "output/crawl.log"
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), log.read_text()
    assert "Spider opened" in log.read_text() and "no article" in log.read_text()
    assert len(plain.rows(tmp_path / "output")) == 2
    lock = FolderLock(tmp_path / "output/.lock")
    done = cron()
    lock.release()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert "is being written by another run" in log.read_text().splitlines()[-1]
    plain.web.close()


def test_a_log_that_cannot_be_written_is_named_in_one_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = forked.run("crawl", "news", f"--logfile={tmp_path}/file/crawl.log")
    assert done.returncode == 3 and done.stderr.startswith("error: cannot write the log to ")
    assert len(done.stderr.splitlines()) == 1


def test_the_container_copies_what_is_there_and_runs_as_a_user():
    text = (DEPLOY / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for name in line.split():
            assert (ROOT / name).exists(), name
    assert re.search(r"^USER polyglean$", text, re.MULTILINE) and "--no-deps" in text


def test_scrapyd_and_its_deploy_target_agree():
    conf, project = configparser.ConfigParser(), configparser.ConfigParser()
    conf.read(DEPLOY / "scrapyd.conf")
    project.read(ROOT / "scrapy.cfg")
    assert conf["scrapyd"]["bind_address"] == "127.0.0.1"
    assert project["deploy"]["project"] == "polyglean"
    assert project["deploy"]["url"].endswith(f":{conf['scrapyd']['http_port']}/")


def test_a_scrapyd_egg_finds_spiders_and_data(tmp_path):
    """What ``scrapyd-deploy`` builds: the two packages with the entry point, used from outside the checkout."""
    for name in ("crawler", "pipelines"):
        shutil.copytree(ROOT / name, tmp_path / "src" / name, ignore=shutil.ignore_patterns("__pycache__"))
    setup = (
        "from setuptools import setup, find_packages\n"
        "setup(name='polyglean', version='1', packages=find_packages(), package_data={'': ['data/*']}, zip_safe=False,"
        " entry_points={'scrapy': ['settings = crawler.settings']})\n"
    )
    (tmp_path / "src" / "setup.py").write_text(setup)
    done = subprocess.run(
        [sys.executable, "setup.py", "-q", "bdist_egg", "-d", str(tmp_path / "eggs")],
        cwd=tmp_path / "src",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-1500:]
    (egg,) = (tmp_path / "eggs").glob("*.egg")
    shutil.unpack_archive(egg, tmp_path / "unpacked", "zip")
    code = (
        "from scrapy.utils.project import get_project_settings as s; from scrapy.spiderloader import SpiderLoader as L;"
    )
    code += "import crawler, pipelines.process; print(crawler.__file__, *L.from_settings(s()).list())"
    environment = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(tmp_path / "unpacked"), "PATH": ""}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split()[1:] == ["news", "replay"], done.stderr[-1500:]
    assert "unpacked" in done.stdout
