"""Trained weights to an Argos package: CTranslate2, int8, byte for byte the same each time. Needs no torch.

usage: python -m training.export RUN_DIR DATA_DIR OUT.argosmodel [--version 0.1] [--card MODEL_CARD.md]
"""

from __future__ import annotations

import argparse
import json
import math
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import sentencepiece
from ctranslate2.specs import common_spec, transformer_spec

_MAX_LENGTH = 256
_DATE = (2024, 1, 1, 0, 0, 0)


def sinusoids(length: int, size: int) -> np.ndarray:
    """Return the position encodings the model was trained with, [length, size]."""
    rates = np.exp(np.arange(size // 2) * -(math.log(10_000.0) / (size // 2 - 1)))
    angles = np.arange(length)[:, None] * rates[None]
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1).astype(np.float32)


def specification(
    weights: Mapping[str, np.ndarray], shape: Mapping[str, int], pieces: list[str]
) -> transformer_spec.TransformerSpec:
    """Return the trained network as a CTranslate2 model."""
    layers = (shape["encoder_layers"], shape["decoder_layers"])
    spec = transformer_spec.TransformerSpec.from_config(
        layers, shape["heads"], pre_norm=True, activation=common_spec.Activation.RELU
    )

    def linear(to: common_spec.LinearSpec, name: str) -> None:
        to.weight, to.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]

    def norm(to: common_spec.LayerNormSpec, name: str) -> None:
        to.gamma, to.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]

    positions = sinusoids(_MAX_LENGTH, shape["size"])
    for side, name in ((spec.encoder, "encoder"), (spec.decoder, "decoder")):
        side.scale_embeddings = True
        side.position_encodings.encodings = positions
        embeddings = side.embeddings[0] if isinstance(side.embeddings, list) else side.embeddings
        embeddings.weight = weights["embedding.weight"]
        norm(side.layer_norm, f"{name}_norm")
        for number, layer in enumerate(side.layer):
            own = f"{name}.{number}"
            norm(layer.self_attention.layer_norm, f"{own}.self_norm")
            linear(layer.self_attention.linear[0], f"{own}.self_attention.inward")
            linear(layer.self_attention.linear[1], f"{own}.self_attention.outward")
            if name == "decoder":
                norm(layer.attention.layer_norm, f"{own}.cross_norm")
                for at, part in enumerate(("query", "memory", "outward")):
                    linear(layer.attention.linear[at], f"{own}.cross_attention.{part}")
            norm(layer.ffn.layer_norm, f"{own}.inner_norm")
            linear(layer.ffn.linear_0, f"{own}.up")
            linear(layer.ffn.linear_1, f"{own}.down")
    spec.decoder.projection.weight = weights["embedding.weight"]
    spec.register_source_vocabulary(pieces)
    spec.register_target_vocabulary(pieces)
    spec.config.bos_token, spec.config.eos_token, spec.config.unk_token = "<s>", "</s>", "<unk>"
    spec.config.add_source_bos, spec.config.add_source_eos = False, True
    spec.config.decoder_start_token = "<s>"
    return spec


def write_package(
    spec: transformer_spec.TransformerSpec, tokenizer: Path, out: Path, *, version: str, card: str, int8: bool = True
) -> None:
    """Write the ``.argosmodel`` file: one top folder with metadata, tokenizer, model card and model."""
    top = f"translate-zh_en-{version.replace('.', '_')}"
    metadata = {
        "package_version": version,
        "argos_version": "1.9.0",
        "from_code": "zh",
        "from_name": "Chinese",
        "to_code": "en",
        "to_name": "English",
    }
    spec.validate()
    spec.optimize(quantization="int8" if int8 else None)
    contents = {
        "metadata.json": json.dumps(metadata, indent=1).encode(),
        "README.md": card.encode(),
        "sentencepiece.model": tokenizer.read_bytes(),
    }
    with tempfile.TemporaryDirectory() as folder:
        spec.save(folder)
        contents |= {f"model/{path.name}": path.read_bytes() for path in sorted(Path(folder).iterdir())}
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in contents.items():
            entry = zipfile.ZipInfo(f"{top}/{name}", _DATE)
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body, zipfile.ZIP_DEFLATED)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--version", default="0.1")
    parser.add_argument("--card", type=Path)
    options = parser.parse_args()
    with np.load(options.run / "weights.npz") as arrays:
        weights = {name: arrays[name] for name in arrays.files}
    shape = json.loads((options.run / "shape.json").read_text())
    processor = sentencepiece.SentencePieceProcessor(model_file=str(options.data / "spm.model"))
    pieces = [processor.id_to_piece(number) for number in range(processor.get_piece_size())]
    card = options.card.read_text("utf-8") if options.card else "# Chinese → English\n"
    spec = specification(weights, shape, pieces)
    write_package(spec, options.data / "spm.model", options.out, version=options.version, card=card)
    print(f"{options.out}: {options.out.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    main()
