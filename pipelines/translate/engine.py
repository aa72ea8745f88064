"""CTranslate2, driven directly: one model of one package, sentences in, scored hypotheses out."""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.errors import PackageError
from pipelines.translate.packages import Package

# Measured on two cores with the official model's shape, 129 sentences, CPU seconds and peak memory: 1,024 tokens a
# batch 14.4 s and 600 MB, 1,536 14.9 and 720, 2,048 15.0 and 890, 3,000 15.0 and 960; argostranslate's 32 took 60 s. A
# smaller batch packs the weights more often (a quarter of the time at 1,024): 512 took 8 % more, 256 18 %. Where the
# rest goes: matrix products 22 %, moving the beams' caches 14 %, quantizing, softmax and top-k 13 %, page faults 7 %.
# Other instruction sets (CT2_FORCE_CPU_ISA=AVX512 and the like) and larger limits of malloc were no faster than one run
# beside another; two threads on one batch (intra_threads) took 11 % more.
BATCH_TOKENS = 1_024
# argostranslate's own value: with it the text is the same as Argos gives.
LENGTH_PENALTY = 0.2
# CTranslate2 cuts longer output without a word; output that reaches this is flagged.
MAX_OUTPUT = 256
# Longer input is cut at clause marks before it comes here: quality falls and loops begin past about 150 pieces.
MAX_PIECES = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One translation of a sentence: text, mean log-probability a token, and whether it hit the length limit."""

    text: str
    score: float
    cut: bool = False


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cuda_devices() -> int:
    """Return how many CUDA devices CTranslate2 can use."""
    import ctranslate2  # 0.2 s and 60 MB, only where something is translated

    return int(ctranslate2.get_cuda_device_count())


class Engine:
    """One package's model; loaded on first use, shared by all threads, built once."""

    def __init__(self, package: Package, *, device: str = "auto", threads: int = 0) -> None:
        """Remember the package; ``threads`` 0 means one per core, ``device`` is ``auto``, ``cpu`` or ``cuda``."""
        self.package = package
        self._device = device
        self._threads = threads or cores()
        self._lock = threading.Lock()
        self._translator: Any = None
        self._tokenizer: Any = None

    def _load(self) -> Any:
        with self._lock:
            if self._translator is None:
                import ctranslate2

                device = self._device
                if device == "auto":
                    device = "cuda" if cuda_devices() else "cpu"
                on_cpu = device == "cpu"
                tokenizer = self.package.tokenizer()
                try:
                    tokenizer.encode("1")
                except ModuleNotFoundError as error:
                    raise PackageError(f"{self.package.name}: its tokenizer needs {error.name} (pip install)") from None
                self._tokenizer = tokenizer
                self._translator = ctranslate2.Translator(
                    str(self.package.path / "model"),
                    device=device,
                    compute_type="auto",
                    inter_threads=self._threads if on_cpu else 1,
                    intra_threads=1,
                )
            return self._translator

    def pieces(self, text: str) -> list[str]:
        """Return the tokens of a text."""
        self._load()
        tokens: list[str] = self._tokenizer.encode(text)
        return tokens

    def _text(self, tokens: list[str]) -> str:
        """Return the text of target tokens; an underscore stays one, which argostranslate's own decoder loses."""
        processor = getattr(self._tokenizer, "lazy_processor", None)
        text: str = processor().decode_pieces(tokens) if processor else self._tokenizer.decode(tokens)
        return " ".join(text.replace("▁", " ").split())

    def translate(
        self,
        sentences: Sequence[str],
        *,
        beam_size: int,
        num_hypotheses: int,
        max_length: int = MAX_OUTPUT,
    ) -> list[list[Hypothesis]]:
        """Return every sentence's hypotheses, best first. One call to the engine, whatever the number."""
        translator = self._load()
        tokens = [self.pieces(sentence) for sentence in sentences]
        prefix = self.package.target_prefix
        results = translator.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            max_batch_size=BATCH_TOKENS,
            batch_type="tokens",
            beam_size=max(beam_size, num_hypotheses),
            num_hypotheses=num_hypotheses,
            length_penalty=LENGTH_PENALTY,
            replace_unknowns=True,
            return_scores=True,
            max_decoding_length=max_length,
            # Each result is then turned into Python strings by itself. All at once held the interpreter's lock, and
            # with it the crawl's event loop: 23 ms of CPU for 2,000 sentences; one of them takes 0.14 ms at most.
            asynchronous=True,
        )
        return [self._hypotheses(result.result(), max_length) for result in results]

    def _hypotheses(self, result: Any, max_length: int) -> list[Hypothesis]:
        found = []
        for tokens, score in zip(result.hypotheses, result.scores, strict=True):
            length = max(len(tokens), 1)
            # The engine divides the sum by length ** penalty; rounded, because the last digits depend on the batch.
            mean = round(score * length**LENGTH_PENALTY / length, 3)
            text = self._text(tokens).removeprefix(self.package.target_prefix).lstrip()
            found.append(
                Hypothesis(text=text, score=mean if math.isfinite(mean) else -99.0, cut=len(tokens) >= max_length)
            )
        return found

    def close(self) -> None:
        """Free the model."""
        with self._lock:
            self._translator = self._tokenizer = None
