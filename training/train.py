"""Trains for a set number of minutes on one GPU (a CPU works and is far too slow for a useful model).

usage: python -m training.train DATA_DIR OUT_DIR [--minutes 24]

The learning rate follows the clock: a linear warm-up, then a cosine down to zero at the end of the time. OUT_DIR gets
``weights.npz`` (the moving average of the weights, which translates better than the last ones), ``shape.json`` and
``log.txt``; they are written every few minutes, so that a run cut short is not lost.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from pathlib import Path

import numpy as np
import sentencepiece
import torch
from torch import Tensor, nn
from torch.nn import functional

from training import vocabulary
from training.batches import Batches
from training.model import Shape, Transformer
from training.vocabulary import PADDING

_SAVE_S, _SAY_S = 240.0, 30.0
_SMOOTHING = 0.1
_WARM_UP = 0.06
_AVERAGE = 0.9995


class Trainer:
    """One run: the model, its average, the optimizer and the clock."""

    def __init__(self, data: Batches, shape: Shape, options: argparse.Namespace, device: str) -> None:
        self.data, self.options, self.device = data, options, device
        self.model = Transformer(shape, options.dropout).to(device)
        self.average = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        matrices = [p for p in self.model.parameters() if p.ndim == 2]
        vectors = [p for p in self.model.parameters() if p.ndim != 2]
        groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=options.rate, betas=(0.9, 0.98), fused=device == "cuda")
        self.steps = 0

    def loss(self, batch: tuple[Tensor, Tensor, Tensor], smoothing: float) -> tuple[Tensor, int]:
        """Return the mean loss a token and the number of tokens."""
        source, given, wanted = batch
        with torch.autocast(self.device, torch.bfloat16):
            hidden = self.model(source, given)
            kept = wanted != PADDING
            logits = self.model.scores(hidden[kept])
        loss = functional.cross_entropy(logits.float(), wanted[kept], label_smoothing=smoothing)
        return loss, int(kept.sum())

    def step(self, batch: tuple[Tensor, Tensor, Tensor], done: float) -> float:
        """Learn from one batch at a point (0–1) of the run's time; return the loss."""
        cosine = 0.5 * (1 + math.cos(math.pi * max(0.0, done - _WARM_UP) / (1 - _WARM_UP)))
        for group in self.optimizer.param_groups:
            group["lr"] = self.options.rate * min(done / _WARM_UP, cosine)
        loss, _ = self.loss(batch, _SMOOTHING)
        self.optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.steps += 1
        keep = min(_AVERAGE, (self.steps + 1) / (self.steps + 10))
        with torch.no_grad():
            current = list(self.model.state_dict().values())
            torch._foreach_lerp_(list(self.average.values()), current, 1 - keep)
        return loss.item()

    @torch.no_grad()
    def validate(self) -> float:
        """Return the averaged model's loss a token on the pairs held back."""
        current = {name: value.detach().clone() for name, value in self.model.state_dict().items()}
        self.model.load_state_dict(self.average)
        self.model.eval()
        total = count = 0.0
        for batch in self.data.epoch(self.data.validation, 16_384, 0):
            loss, tokens = self.loss(batch, 0.0)
            total, count = total + loss.item() * tokens, count + tokens
        self.model.load_state_dict(current)
        self.model.train()
        return total / max(count, 1)

    def save(self, folder: Path) -> None:
        """Write the averaged weights; renamed into place, so that a killed run leaves the last whole file."""
        weights = {name: value.float().cpu().numpy() for name, value in self.average.items()}
        np.savez(folder / "weights.part.npz", **weights)
        (folder / "weights.part.npz").replace(folder / "weights.npz")
        (folder / "shape.json").write_text(json.dumps(self.model.shape.as_dict(), indent=1))


def run(trainer: Trainer, folder: Path, seconds: float) -> None:
    """Train until the time is up."""
    start = said = saved = time.monotonic()
    log = (folder / "log.txt").open("a", buffering=1, encoding="utf-8")

    def say(line: str) -> None:
        print(line, flush=True)
        log.write(line + "\n")

    say(f"{len(trainer.data.training)} pairs, {sum(p.numel() for p in trainer.model.parameters()) / 1e6:.1f} M weights")
    epoch = 0
    while (now := time.monotonic()) - start < seconds:
        for batch in trainer.data.epoch(trainer.data.training, trainer.options.batch_tokens, 100 + epoch):
            now = time.monotonic()
            if now - start >= seconds:
                break
            loss = trainer.step(batch, (now - start) / seconds)
            if now - said > _SAY_S:
                said = now
                say(f"{(now - start) / 60:.1f} min, step {trainer.steps}, epoch {epoch}, loss {loss:.3f}, "
                    f"validation {trainer.validate():.3f}")  # fmt: skip
            if now - saved > _SAVE_S:
                saved = now
                trainer.save(folder)
        epoch += 1
    trainer.save(folder)
    loss = trainer.validate()
    say(f"end: {trainer.steps} steps, {epoch} epochs, validation {loss:.3f} (perplexity {math.exp(loss):.1f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=24.0)
    parser.add_argument("--batch-tokens", type=int, default=32_768)
    parser.add_argument("--rate", type=float, default=1.2e-3)
    parser.add_argument("--dropout", type=float, default=0.15)
    for name in ("size", "heads", "inner", "encoder_layers", "decoder_layers"):
        parser.add_argument(f"--{name.replace('_', '-')}", type=int, default=Shape.__dataclass_fields__[name].default)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(7)
    torch.set_float32_matmul_precision("high")
    device = "cuda" if torch.cuda.is_available() else "cpu"
    processor = sentencepiece.SentencePieceProcessor(model_file=str(options.data / "spm.model"))
    sizes = {name: getattr(options, name) for name in ("size", "heads", "inner", "encoder_layers", "decoder_layers")}
    shape = Shape(vocabulary=processor.get_piece_size(), **sizes)
    source, target = vocabulary.load(options.data)
    run(Trainer(Batches(source, target, device), shape, options, device), options.out, options.minutes * 60)


if __name__ == "__main__":
    main()
