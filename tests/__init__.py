"""Tests; a package of its own because argostranslate installs a top-level package of the same name."""
