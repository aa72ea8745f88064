"""Builds small but real Argos packages, so that no test needs a stand-in for the engine.

``build`` wires a transformer by hand: token t of the output is what the table says of token t of the source, and the
end comes where the source ends. A table entry such as ``{"亿": " billion"}`` makes the very mistakes that the checks
are there for. ``looping`` gives a model that never stops. Both are CTranslate2 models like any other.
"""

from __future__ import annotations

import io
import json
import math
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

SPACE = "▁"
PUNCTUATION = {"。": ".", "，": ",", "！": "!", "？": "?", "：": ":", "；": ";", "、": ","}
ASCII = "".join(chr(code) for code in range(33, 127))


def _tokenizer(words: Iterable[str], characters: Iterable[str]) -> bytes:
    """Return a SentencePiece model that knows the words as wholes and everything else by the character."""
    model = io.BytesIO()
    known = sorted(set(characters))
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([" ".join(known[at : at + 500]) for at in range(0, len(known), 500)]),
        model_writer=model,
        model_type="char",
        vocab_size=8_000,
        hard_vocab_limit=False,
        character_coverage=1.0,
        user_defined_symbols=sorted(set(words) - {SPACE}),
        normalization_rule_name="identity",
        add_dummy_prefix=False,
        remove_extra_whitespaces=False,
        minloglevel=2,
        num_threads=1,
    )
    return model.getvalue()


def _target_of(vocabulary: list[str], table: Mapping[str, str]) -> list[int]:
    """Return for every source token the target token it becomes."""
    number = {piece: at for at, piece in enumerate(vocabulary)}
    return [number.get(table.get(piece, piece).replace(" ", SPACE), at) for at, piece in enumerate(vocabulary)]


def _set(layer: common_spec.LinearSpec, weight: np.ndarray, bias: np.ndarray | None = None) -> None:
    layer.weight = np.ascontiguousarray(weight, dtype=np.float32)
    layer.bias = np.zeros(len(weight), np.float32) if bias is None else bias.astype(np.float32)


def _norm(layer: common_spec.LayerNormSpec, size: int) -> None:
    layer.gamma, layer.beta = np.ones(size, np.float32), np.zeros(size, np.float32)


def copying_spec(
    vocabulary: list[str],
    targets: list[int],
    *,
    layers: int = 1,
    size: int = 256,
    heads: int = 2,
    inner: int = 32,
    loop_on: int | None = None,
) -> transformer_spec.TransformerSpec:
    """Return a transformer that copies through a table.

    The first half of every vector says which token, the second half where it stands. All layers pass their input on
    but the last one's cross-attention, which looks for its own position and brings the token found there.
    """
    rng = np.random.default_rng(0)
    half, depth, count = size // 2, size // heads, len(vocabulary)
    tokens = rng.standard_normal((count, half)).astype(np.float32)
    tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
    first_with: dict[int, int] = {}
    for source, target in enumerate(targets):
        first_with.setdefault(target, source)
    source_rows = np.zeros((count, size), np.float32)
    output_rows = np.zeros((count, size), np.float32)
    for source, target in enumerate(targets):
        source_rows[source, :half] = tokens[first_with[target]] * math.sqrt(half / 2) / math.sqrt(size)
        output_rows[target, :half] = tokens[first_with[target]] * 30
    angles = np.arange(512)[:, None] * rng.uniform(0.05, math.pi, half // 2)[None, :]
    places = np.zeros((512, size), np.float32)
    places[:, half::2], places[:, half + 1 :: 2] = np.sin(angles), np.cos(angles)

    spec = transformer_spec.TransformerSpec.from_config((layers, layers), heads, pre_norm=True)

    def quiet(rows: int, columns: int) -> np.ndarray:
        return rng.standard_normal((rows, columns)).astype(np.float32) * 1e-4

    spec.encoder.embeddings[0].weight = source_rows
    spec.decoder.embeddings.weight = np.zeros((count, size), np.float32)
    for side in (spec.encoder, spec.decoder):
        side.position_encodings.encodings = places
        _norm(side.layer_norm, size)
        for layer in side.layer:
            for block in (layer.self_attention, layer.ffn):
                _norm(block.layer_norm, size)
            _set(layer.self_attention.linear[0], quiet(3 * size, size))
            _set(layer.self_attention.linear[1], quiet(size, size))
            _set(layer.ffn.linear_0, quiet(inner, size))
            _set(layer.ffn.linear_1, quiet(size, inner))
    pairs = half // 2
    for at, layer in enumerate(spec.decoder.layer):
        query, keys_values, out = quiet(size, size), quiet(2 * size, size), quiet(size, size)
        if at == layers - 1:
            for head in range(heads):
                for slot, pair in enumerate(rng.choice(pairs, size=min(depth // 2, pairs), replace=False)):
                    for side in (0, 1):
                        row, column = head * depth + 2 * slot + side, half + 2 * pair + side
                        query[row, column], keys_values[row, column] = 6.0, 3.0
                for slot in range(half // heads):
                    token = head * (half // heads) + slot
                    keys_values[size + head * depth + slot, token] = 1.0
                    out[token, head * depth + slot] = 20.0
        _norm(layer.attention.layer_norm, size)
        for linear, weight in zip(layer.attention.linear, (query, keys_values, out), strict=True):
            _set(linear, weight)
    bias = np.zeros(count, np.float32)
    if loop_on is not None:
        # Far above every other token, while the end cannot be reached at all.
        bias[loop_on], bias[vocabulary.index("</s>")] = 1e5, -1e6
    _set(spec.decoder.projection, output_rows, bias)
    spec.config.decoder_start_token = "<s>"
    spec.config.add_source_eos = True
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    return spec


def model_files(spec: transformer_spec.TransformerSpec, quantization: str | None = None) -> dict[str, bytes]:
    """Return the files CTranslate2 writes for a spec, by name."""
    spec.validate()
    spec.optimize(quantization=quantization)
    with TemporaryDirectory() as folder:
        spec.save(folder)
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


def write_package(
    file: Path, *, pair: tuple[str, str], version: str, tokenizer: bytes, files: Mapping[str, bytes], prefix: str = ""
) -> Path:
    """Write an ``.argosmodel`` file, the same bytes each time."""
    top = f"translate-{pair[0]}_{pair[1]}-{version.replace('.', '_')}"
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": pair[0],
        "from_name": pair[0].upper(),
        "to_code": pair[1],
        "to_name": pair[1].upper(),
        "target_prefix": prefix,
    }
    contents = {"metadata.json": json.dumps(metadata).encode(), "sentencepiece.model": tokenizer}
    contents |= {f"model/{name}": body for name, body in sorted(files.items())}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in contents.items():
            archive.writestr(zipfile.ZipInfo(f"{top}/{name}", (2024, 1, 1, 0, 0, 0)), body, zipfile.ZIP_DEFLATED)
    return file


def build(
    file: Path,
    table: Mapping[str, str],
    *,
    characters: str = "",
    pair: tuple[str, str] = ("zh", "en"),
    version: str = "1.0",
    loop: bool = False,
    pad_to: int = 0,
    quantization: str | None = None,
    **shape: int,
) -> Path:
    """Write a package that replaces the table's words one by one and copies every other character.

    A value that begins with a space starts a new word in the output; the value ``" "`` drops a word. ``loop`` makes
    the model repeat its first table value until it is stopped. ``pad_to`` adds tokens that never come, for a real
    model's vocabulary size.
    """
    full = PUNCTUATION | dict(table)
    tokens = [word.replace(" ", SPACE) for pair_ in full.items() for word in pair_]
    tokenizer = _tokenizer(tokens, [*ASCII, *characters, *"".join(full)])
    processor = sentencepiece.SentencePieceProcessor(model_proto=tokenizer)
    vocabulary = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    vocabulary += [f"never{number}" for number in range(pad_to - len(vocabulary))]
    loop_on = vocabulary.index(next(iter(table.values())).replace(" ", SPACE)) if loop else None
    spec = copying_spec(vocabulary, _target_of(vocabulary, full), loop_on=loop_on, **shape)
    return write_package(file, pair=pair, version=version, tokenizer=tokenizer, files=model_files(spec, quantization))
