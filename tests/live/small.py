"""A loopback site of one feed that a test fills with as many articles as it wants."""

import json
import time

from .world import World

HOST = "daily.test"


class Small(World):
    """One English site with a feed, ready to be filled."""

    patience = 60

    def __init__(self, folder, count=0, **keys):
        self._keys = keys
        super().__init__(folder)
        paths = [f"/2026/11/20/one-of-many-stories-number-{number}.html" for number in range(count)]
        for number, path in enumerate(paths):
            self.add(HOST, path, "en", f"small {number}")
        self.feed(HOST, "/feed.xml", paths)

    def _nothing(self, *_):
        pass

    _daily = _xinwen = _taiwan = _calm = _rough = _down = _nothing

    def write(self, **keys):
        """Write the sources file anew, with other keys."""
        self._keys |= keys
        (self.folder / "sources.toml").write_text(self.sources())

    def sources(self):
        keys = {"delay": 0, "revisit_min_minutes": 0, "revisit_max_hours": 0, **self._keys}
        lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in keys.items())
        return (
            f'[[source]]\nname = "daily"\nsite = "{self.web.url(HOST)}"\nfeeds = ["{self.web.url(HOST, "/feed.xml")}"]\n'
            f'allow_addresses = ["127.0.0.1/32"]\n{lines}\n'
        )

    def wait_for(self, asked, timeout=600):
        """Wait until the web was asked so many times."""
        end = time.time() + timeout
        while len(self.web.log) < asked and time.time() < end:
            time.sleep(0.02)
        assert len(self.web.log) >= asked
