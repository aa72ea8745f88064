"""Train the body model and report what it does on hosts it has not seen.

usage: POLYGLEAN_BENCH=DIR python benchmarks/train_body.py [--folds 5] [--write pipelines/data] [--folds-to FILE]

DIR holds extraction/truth.jsonl, extraction/pages/ID.html.gz and extraction/score.py. Needs lightgbm (MIT), jax and
optax (Apache-2.0), in an environment of their own; the product reads the models as plain data. Prints host-wise
cross-validated precision, recall and F1 by language and source, and leak, with nothing fitted on the host it is
measured on, before and after trafilatura's advice on doubtful pages; with --write the models trained on all pages are
stored (body.json, body_network.npz, body_advice.json), with --folds-to those of the cross-validation, by which
``make bench-extraction`` reads each page with models that never saw its host. About 40 minutes on one core.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import os
import random
import sys
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
import tldextract
import train_body_advice as second
import train_body_network as network
import train_body_variants as variants
from train_body_labels import folded, label, tokens

from benchmarks.extraction import folds as stored_folds
from benchmarks.trees import exported
from pipelines.decode import decode
from pipelines.html.outline import linked, stories
from pipelines.html.parse import parse
from pipelines.html.votes.advice import NAMES, is_wide
from pipelines.html.votes.choose import choose
from pipelines.html.votes.features import Features, compute
from pipelines.html.votes.hints import Hints
from pipelines.html.votes.network import from_data, mixed

UNUSED = ("page_", "m_share", "w_share")
"""Columns that tell pages apart rather than blocks; without them F1 rises by .002 on hosts not seen."""
VARIANT_WEIGHT = 0.2
TREES = {
    "n_estimators": 120, "num_leaves": 15, "learning_rate": 0.12, "min_child_samples": 20, "subsample": 0.8,
    "subsample_freq": 1, "colsample_bytree": 0.3, "reg_lambda": 5.0, "max_bin": 63, "n_jobs": 1, "random_state": 0,
    "verbose": -1, "force_row_wise": True, "min_child_weight": 1e-3,
}  # fmt: skip
"""At most 16 leaves: the evaluation keeps them in 16 bits. Other sizes and rates change F1 by less than .003."""


@dataclass(kw_only=True)
class Example:
    """A page or a variant of one: features, labels (-1 unknown), and the weight of each block."""

    truth: dict[str, Any]
    host: str
    texts: list[str]
    features: Features | None
    labels: np.ndarray
    weight: np.ndarray
    oracle: float = 1.0
    is_variant: bool = False
    advice: np.ndarray = field(default_factory=lambda: np.zeros(0))
    stories: list[int] = field(default_factory=list)
    used: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        """Keep all blocks near the body and 15 % of the far ones, which count for the others."""
        n = len(self.labels)
        near, body = np.zeros(n, dtype=bool), np.flatnonzero(self.labels == 1)
        if len(body):
            near[max(0, body[0] - 25) : body[-1] + 26] = True
        sampled = np.random.RandomState(n).rand(n) < 0.15
        self.used = (near | sampled) & (self.labels >= 0)
        self.weight = np.where(near, self.weight, self.weight / 0.15)


def host_of(truth: dict[str, Any], extract: tldextract.TLDExtract) -> str:
    url = truth["url"] or ""
    if "/web/" in url and "archive.org" in url:
        url = "http://" + url.split("/web/", 1)[1].split("/", 1)[-1].split("//")[-1]
    host = urlsplit(url).hostname or truth["id"]
    return extract(host).top_domain_under_public_suffix or host


def weights(texts: list[str], true: int, lang: str) -> np.ndarray:
    """Return what a block counts for in its page's F1, and a little for each."""
    share = np.array([len(tokens(text, lang)) / max(1, true) for text in texts])
    return np.minimum(share, 1.0) + 0.3 / max(1, len(texts))


def example(truth: dict[str, Any], text: str, host: str) -> Example:
    root = parse(text)
    page = variants.walk(root) if root is not None else None
    if root is None or page is None or not page.leaves:
        return Example(truth=truth, host=host, texts=[], features=None, labels=np.zeros(0, int), weight=np.zeros(0))
    texts = [leaf.text for leaf in page.leaves]
    if truth.get("body"):
        marks, oracle = label(texts, truth["body"], truth["lang"])
        weight = weights(texts, len(tokens(truth["body"], truth["lang"])), truth["lang"])
    else:
        marks, oracle, plain = [-1] * len(texts), 1.0, [folded(each) for each in texts]
        for value, name in ((1, "with"), (0, "without")):
            for wanted in truth.get(name) or []:
                for at, each in enumerate(plain):
                    if wanted.strip() and folded(wanted) in each:
                        marks[at] = value if marks[at] == -1 else -1
        weight = 0.3 * np.array([len(each) for each in texts]) / sum(map(len, texts)) + 0.01
    return Example(
        truth=truth, host=host, texts=texts, features=compute(page, Hints(root)),
        labels=np.array(marks), weight=weight, oracle=oracle, advice=second.advised_blocks(text, page.leaves),
        stories=stories(linked(page, truth["url"] or "", truth["url"] or "")),
    )  # fmt: skip


def make_variants(originals: list[Example], texts: dict[str, str], fold: dict[str, int]) -> list[Example]:
    rand = random.Random(1)
    usable = [e for e in originals if e.truth.get("body") and e.oracle > 0.85 and e.features is not None]
    grafts: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for each in usable:
        page = variants.walk(parse(texts[each.truth["id"]]))
        good = each.features.column("good").tolist()
        markup = variants.graft_of(page, each.labels.tolist(), good)
        if markup:
            grafts[fold[each.host]].append((each.host, markup))
    made = []
    for each in usable:
        for kind in ("short", "graft", "plain"):
            root = parse(texts[each.truth["id"]])
            page, marks = variants.walk(root), each.labels.tolist()
            others = [markup for host, markup in grafts[fold[each.host]] if host != each.host]
            if kind == "short" and not variants.shorten(page, marks, rand.choice(variants.KEPT)):
                continue
            if kind == "graft" and not (others and variants.insert(page, marks, rand.choice(others), rand)):
                continue
            if kind == "plain":
                variants.strip_names(root, rand)
            page = variants.walk(root)
            marks = variants.relabel(each.texts, each.labels.tolist(), page)
            if 1 in marks:
                lang, found = each.truth["lang"], [leaf.text for leaf in page.leaves]
                true = sum(len(tokens(text, lang)) for text, mark in zip(found, marks, strict=True) if mark == 1)
                made.append(
                    Example(
                        truth=each.truth,
                        host=each.host,
                        texts=found,
                        features=compute(page, Hints(root)),
                        labels=np.array(marks),
                        weight=VARIANT_WEIGHT * weights(found, true, lang),
                        is_variant=True,
                    )
                )
    return made


def fit(examples: list[Example], columns: list[int]) -> lightgbm.LGBMClassifier:
    usable = [e for e in examples if e.features is not None and e.used.any() and e.oracle >= 0.7]
    x = np.concatenate([e.features.matrix[e.used][:, columns] for e in usable])
    y = np.concatenate([e.labels[e.used] for e in usable])
    w = np.concatenate([e.weight[e.used] for e in usable])
    return lightgbm.LGBMClassifier(**TREES).fit(x, y, sample_weight=w / w.mean())


def scorer(bench: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", bench / "extraction" / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def report(originals: list[Example], votes: dict[str, np.ndarray], score: ModuleType) -> None:
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for each in originals:
        body = ""
        if each.features is not None:
            keep = choose(each.features, votes[each.truth["id"]], each.stories)
            body = "\n\n".join(text for text, kept in zip(each.texts, keep, strict=True) if kept)
        result = score.page(each.truth, {"body": body})
        for name in (each.truth["lang"], each.truth["source"], "ALL"):
            groups[name].append(result)
    print(f"{'group':10s} {'n':>4s}     P     R    F1  leak")
    for name, results in sorted(groups.items(), key=lambda item: -len(item[1])):
        whole = [r for r in results if "F1" in r]
        leak = [x for r in results for x in r.get("leak", [])]
        if whole:
            means = " ".join(f"{np.mean([r[c] for r in whole]):.3f}" for c in ("P", "R", "F1"))
            print(f"{name:10s} {len(whole):4d} {means} {np.mean(leak) if leak else float('nan'):.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", type=Path, default=os.environ.get("POLYGLEAN_BENCH"))
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--folds-to", type=Path, help="where to store the models of the cross-validation")
    parser.add_argument("--limit", type=int, help="use the first pages only (to try the script out)")
    arguments = parser.parse_args()
    if arguments.bench is None:
        parser.error("say where the benchmark pages are: --bench DIR or POLYGLEAN_BENCH=DIR")
    if arguments.folds < 3:
        parser.error("three folds at least: the second model is trained on votes of models that saw neither of two")
    folder = Path(arguments.bench) / "extraction"
    lines = (folder / "truth.jsonl").read_text("utf-8").rstrip("\n").split("\n")[: arguments.limit]
    extract = tldextract.TLDExtract(suffix_list_urls=())
    texts, originals = {}, []
    for truth in map(json.loads, lines):
        raw = gzip.decompress((folder / "pages" / f"{truth['id']}.html.gz").read_bytes())
        texts[truth["id"]] = decode(raw, "", is_html=True)[0]
        originals.append(example(truth, texts[truth["id"]], host_of(truth, extract)))
    hosts = sorted({each.host for each in originals})
    order = np.random.RandomState(0).permutation(len(hosts))
    fold = {host: int(order[at] % arguments.folds) for at, host in enumerate(hosts)}
    everything = originals + make_variants(originals, texts, fold)
    names = next(each.features.names for each in originals if each.features is not None)
    columns = [at for at, name in enumerate(names) if not name.startswith(UNUSED)]
    voted, models = votes(everything, columns, names, fold, arguments.folds)
    single = {e.truth["id"]: voted[fold[e.host], e.truth["id"]] for e in originals if e.features is not None}
    score = scorer(Path(arguments.bench))
    print("the vote alone")
    report(originals, single, score)
    print("with advice on doubtful pages")
    told, advisers = advised(originals, voted, single, fold, arguments.folds)
    report(originals, told, score)
    if arguments.folds_to:
        both = {
            number: stored_folds.Models(
                {
                    "body.json": trees,
                    "body_advice.json": exported(advisers[number].booster_, list(NAMES), range(len(NAMES))),
                },
                net,
            )
            for number, (trees, net) in models.items()
        }
        stored_folds.write(arguments.folds_to, {each.truth["id"]: fold[each.host] for each in originals}, both)
    if arguments.write:
        data = exported(fit(everything, columns).booster_, [names[at] for at in columns])
        (arguments.write / "body.json").write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")
        np.savez(arguments.write / "body_network.npz", **network.fit(everything, columns, names))
        model = second.fit(second.row(e, single[e.truth["id"]], e.advice) for e in trainable(originals))
        data = exported(model.booster_, list(NAMES), range(len(NAMES)))
        (arguments.write / "body_advice.json").write_text(json.dumps(data, separators=(",", ":")) + "\n", "utf-8")


def votes(
    everything: list[Example], columns: list[int], names: list[str], fold: dict[str, int], folds: int
) -> tuple[dict[tuple[int, str], np.ndarray], dict[int, tuple[dict[str, Any], dict[str, np.ndarray]]]]:
    """Return votes by (fold, page), by models that saw neither the hosts of that fold nor of the page's own.

    And of each fold the trees and the network that saw all the others, in their stored form.
    """
    found, models = {}, {}
    for out in second.pairs(folds):
        rest = [each for each in everything if fold[each.host] not in out]
        model, stored = fit(rest, columns), network.fit(rest, columns, names)
        net = from_data(stored)
        if len(out) == 1:
            models[out[0]] = exported(model.booster_, [names[at] for at in columns]), stored
        for each in everything:
            if not each.is_variant and each.features is not None and fold[each.host] in out:
                vote = mixed(model.predict_proba(each.features.matrix[:, columns])[:, 1], net.vote(each.features))
                other = next((number for number in out if number != fold[each.host]), fold[each.host])
                found[other, each.truth["id"]] = vote
        print(f"trained without {', '.join(map(str, out))}", file=sys.stderr, flush=True)
    return found, models


def trainable(originals: list[Example]) -> list[Example]:
    """Return the pages that the second model is trained on: of the kind it is used on, doubtful or not."""
    return [
        e for e in originals if e.features is not None and e.used.any() and e.oracle >= 0.7 and not is_wide(e.features)
    ]


def advised(
    originals: list[Example], voted: dict[tuple[int, str], np.ndarray], single: dict[str, np.ndarray],
    fold: dict[str, int], folds: int,
) -> tuple[dict[str, np.ndarray], dict[int, lightgbm.LGBMClassifier]]:  # fmt: skip
    """Return the votes after advice, by second models that saw nothing of the host they are used on, and these."""
    found, models = {}, {}
    for number in range(folds):
        rest = [each for each in trainable(originals) if fold[each.host] != number]
        rows = (second.row(each, voted[number, each.truth["id"]], each.advice) for each in rest)
        model = models[number] = second.fit(rows)
        for each in originals:
            if each.features is not None and fold[each.host] == number:
                name = each.truth["id"]
                found[name] = second.weighed(model, each.features, single[name], each.advice)
    return found, models


if __name__ == "__main__":
    main()
