"""The training recipe's parts that need no GPU: token arrays, and an export that computes what the network computes."""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import ctranslate2
import numpy as np
import pytest
import sentencepiece

from pipelines.translate.install import install_file
from training import export, vocabulary

PAIRS = [
    (f"今天{n}号下雨了，公司在第{n}街。", f"It rained today the {n}th, the company is in {n}th Street.")
    for n in range(300)
]
SHAPE = {"vocabulary": 0, "size": 32, "heads": 4, "inner": 64, "encoder_layers": 2, "decoder_layers": 2}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    model = vocabulary.learn(PAIRS, 48)
    (folder / "spm.model").write_bytes(model)
    vocabulary.save(vocabulary.encode(PAIRS, model), folder)
    return folder


def weights(shape: dict[str, int]) -> dict[str, np.ndarray]:
    """Return random weights under the names that ``training.model`` gives them."""
    rng = np.random.default_rng(5)
    size, inner = shape["size"], shape["inner"]
    found = {"embedding.weight": rng.normal(size=(shape["vocabulary"], size)) * size**-0.5}

    def linear(name: str, rows: int, columns: int) -> None:
        found[f"{name}.weight"] = rng.normal(size=(rows, columns)) / math.sqrt(columns)
        found[f"{name}.bias"] = rng.normal(size=rows) * 0.1

    def norm(name: str) -> None:
        found[f"{name}.weight"], found[f"{name}.bias"] = 1 + rng.normal(size=size) * 0.1, rng.normal(size=size) * 0.1

    for side in ("encoder", "decoder"):
        norm(f"{side}_norm")
        for number in range(shape[f"{side}_layers"]):
            own = f"{side}.{number}"
            norm(f"{own}.self_norm"), norm(f"{own}.inner_norm")
            linear(f"{own}.self_attention.inward", 3 * size, size), linear(f"{own}.self_attention.outward", size, size)
            linear(f"{own}.up", inner, size), linear(f"{own}.down", size, inner)
            if side == "decoder":
                norm(f"{own}.cross_norm"), linear(f"{own}.cross_attention.query", size, size)
                linear(f"{own}.cross_attention.memory", 2 * size, size)
                linear(f"{own}.cross_attention.outward", size, size)
    return {name: value.astype(np.float32) for name, value in found.items()}


class Network:
    """The network of ``training.model`` once more, in numpy and for one sentence, to hold the export against."""

    def __init__(self, weights: dict[str, np.ndarray], shape: dict[str, int]) -> None:
        self.w, self.shape = weights, shape

    def linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return x @ self.w[f"{name}.weight"].T + self.w[f"{name}.bias"]

    def norm(self, name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(-1, keepdims=True) + 1e-5)
        return scaled * self.w[f"{name}.weight"] + self.w[f"{name}.bias"]

    def attention(self, query: np.ndarray, key: np.ndarray, value: np.ndarray, *, causal: bool) -> np.ndarray:
        heads, out = self.shape["heads"], []
        for q, k, v in zip(*(np.split(x, heads, axis=-1) for x in (query, key, value)), strict=True):
            scores = q @ k.T / math.sqrt(q.shape[-1])
            if causal:
                scores = np.where(np.tril(np.ones_like(scores)) > 0, scores, -1e9)
            scores = np.exp(scores - scores.max(-1, keepdims=True))
            out.append(scores / scores.sum(-1, keepdims=True) @ v)
        return np.concatenate(out, axis=-1)

    def side(self, name: str, ids: list[int], memory: np.ndarray | None = None) -> np.ndarray:
        x = self.w["embedding.weight"][ids] * math.sqrt(self.shape["size"])
        x = x + export.sinusoids(256, self.shape["size"])[: len(ids)]
        for number in range(self.shape[f"{name}_layers"]):
            own = f"{name}.{number}"
            parts = np.split(self.linear(f"{own}.self_attention.inward", self.norm(f"{own}.self_norm", x)), 3, axis=-1)
            x = x + self.linear(f"{own}.self_attention.outward", self.attention(*parts, causal=memory is not None))
            if memory is not None:
                query = self.linear(f"{own}.cross_attention.query", self.norm(f"{own}.cross_norm", x))
                key, value = np.split(self.linear(f"{own}.cross_attention.memory", memory), 2, axis=-1)
                mixed = self.attention(query, key, value, causal=False)
                x = x + self.linear(f"{own}.cross_attention.outward", mixed)
            hidden = np.maximum(self.linear(f"{own}.up", self.norm(f"{own}.inner_norm", x)), 0)
            x = x + self.linear(f"{own}.down", hidden)
        return self.norm(f"{name}_norm", x)

    def log_probabilities(self, source: list[int], target: list[int]) -> np.ndarray:
        memory = self.side("encoder", [*source, vocabulary.END])
        logits = self.side("decoder", [vocabulary.BEGIN, *target], memory) @ self.w["embedding.weight"].T
        shifted = logits - logits.max(-1, keepdims=True)
        every = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
        return np.take_along_axis(every, np.array([*target, vocabulary.END])[:, None], axis=-1)[:, 0]


def test_tokens_come_back_as_they_were(data: Path) -> None:
    source, target = vocabulary.load(data)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    for side, texts in ((source, [s for s, _ in PAIRS]), (target, [t for _, t in PAIRS])):
        assert len(side.lengths) == len(PAIRS)
        for number in (0, 17, 299):
            ids = side.ids[side.starts[number] : side.starts[number] + side.lengths[number]]
            assert ids.tolist() == processor.encode(texts[number])


@pytest.mark.parametrize(
    ("source", "target", "kept"), [(10, 12, True), (10, 60, False), (127, 90, False), (0, 1, False)]
)
def test_pairs_of_impossible_length_are_left_out(source: int, target: int, kept: bool) -> None:
    assert vocabulary.is_plausible(source, target) is kept


def test_the_export_computes_what_the_network_computes(data: Path, tmp_path: Path) -> None:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    shape = SHAPE | {"vocabulary": len(pieces)}
    trained = weights(shape)
    spec = export.specification(trained, shape, pieces)
    spec.validate()
    spec.optimize()
    spec.save(str(tmp_path))
    source, target = processor.encode("今天下雨了。"), processor.encode("It rained.")
    engine = ctranslate2.Translator(str(tmp_path), compute_type="float32")
    (scored,) = engine.score_batch([[pieces[i] for i in source]], [[pieces[i] for i in target]])
    np.testing.assert_allclose(scored.log_probs, Network(trained, shape).log_probabilities(source, target), atol=1e-4)


def test_the_package_installs_and_is_the_same_each_time(data: Path, tmp_path: Path) -> None:
    processor = sentencepiece.SentencePieceProcessor(model_file=str(data / "spm.model"))
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    shape = SHAPE | {"vocabulary": len(pieces)}
    for name in ("one", "two"):
        spec = export.specification(weights(shape), shape, pieces)
        export.write_package(spec, data / "spm.model", tmp_path / name, version="0.1", card="# Card\n")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    done = install_file(tmp_path / "one", tmp_path / "packages")
    assert (done.package.version, done.package.from_code) == ("0.1", "zh")
    with zipfile.ZipFile(tmp_path / "one") as archive:
        assert archive.read("translate-zh_en-0_1/README.md") == b"# Card\n"
