"""What earlier runs have seen on the pages of each host: lets a crawl, which reads a page once, cut template as well.

The rule: a run cuts what the runs before it have counted, and counts its own pages for those after it. So the order of
its pages makes no difference, a crashed run loses no more than what it counted since its last commit, and the first run
of a site cuts nothing across pages. Methods block: call them from one thread, under the output's lock.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.model import Article
from pipelines.process import without_templates
from pipelines.store.durable import open_state, transaction
from pipelines.templates import SAMPLE, TemplateIndex

_TABLE = """
CREATE TABLE IF NOT EXISTS template_pages (
  host TEXT NOT NULL, page INTEGER NOT NULL, run_id TEXT NOT NULL, blocks BLOB NOT NULL, PRIMARY KEY (host, page)
) WITHOUT ROWID;
"""


class TemplateMemory:
    """The sampled pages of each host, in a table of ``state.sqlite``; the newest runs' pages push out older ones."""

    def __init__(self, path: Path, run_id: str) -> None:
        self._base = open_state(path)
        self._base.executescript(_TABLE)
        self._run_id = run_id
        self._before, self._now = TemplateIndex(), TemplateIndex()
        self._known: set[str] = set()
        self._fresh: set[str] = set()

    def strip(self, article: Article, host: str) -> Article:
        """Count a page for later runs; return its article less what recurred in the runs before this one."""
        self._remember(host)
        self._now.observe(host, article.url, article.blocks)
        self._fresh.add(host)
        return without_templates(article, host, self._before)

    def _remember(self, host: str) -> None:
        """Read once what earlier runs left; what this run saves meanwhile is not for it."""
        if host in self._known:
            return
        self._known.add(host)
        query = "SELECT page, blocks FROM template_pages WHERE host = ? AND run_id <> ?"
        for page, blocks in self._base.execute(query, (host, self._run_id)):
            self._before.put(host, page, blocks)

    def save(self) -> None:
        """Write down what this run has counted since it was last asked to."""
        with transaction(self._base):
            for host in sorted(self._fresh):
                self._replace(host)
        self._fresh.clear()

    def _replace(self, host: str) -> None:
        """Put this run's pages of a host in place of what it saved before, and in front of the older ones."""
        base = self._base
        base.execute("DELETE FROM template_pages WHERE host = ? AND run_id = ?", (host, self._run_id))
        rows = [(host, page, self._run_id, marks) for page, marks in self._now.sampled(host).items()]
        base.executemany("INSERT OR REPLACE INTO template_pages VALUES (?, ?, ?, ?)", rows)
        query = "SELECT page FROM template_pages WHERE host = ? ORDER BY run_id DESC, page LIMIT -1 OFFSET ?"
        older = [(host, page) for (page,) in base.execute(query, (host, SAMPLE)).fetchall()]
        base.executemany("DELETE FROM template_pages WHERE host = ? AND page = ?", older)

    def close(self) -> None:
        """Close the connection."""
        self._base.close()
