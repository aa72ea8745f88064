import random

import pytest

from pipelines import identity
from pipelines.store import nearest


def sentences(seed: int, count: int = 40) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(25)) + "。" for _ in range(count)]


def packed(text: str) -> bytes:
    return nearest.pack(identity.signature(text))


def test_packing_is_reversible_and_takes_512_bytes():
    signature = identity.signature("".join(sentences(1)))
    assert len(nearest.pack(signature)) == 512
    assert list(nearest.unpack(nearest.pack(signature))) == list(signature)


def test_bands_cover_the_whole_signature_and_differ_by_place():
    keys = nearest.band_keys(nearest.pack([7] * nearest.SIZE))
    assert len(keys) == len(set(keys)) == nearest.SIZE // nearest.ROWS
    for place in range(nearest.SIZE):
        changed = [7] * nearest.SIZE
        changed[place] = 8
        assert len(set(keys) - set(nearest.band_keys(nearest.pack(changed)))) == 1
    assert all(-(2**63) <= key < 2**63 for key in keys), "SQLite's integers"


@pytest.mark.parametrize(("dropped", "at_least"), [(0.1, 0.95), (0.2, 0.8)])
def test_a_shortened_reprint_is_found_again(dropped: float, at_least: float):
    chance = random.Random(4)
    found = 0
    for seed in range(60):
        whole = sentences(seed)
        left, right = packed("".join(whole)), packed("".join(one for one in whole if chance.random() > dropped))
        meet = set(nearest.band_keys(left)) & set(nearest.band_keys(right))
        found += bool(meet) and nearest.similarity(left, right) >= nearest.THRESHOLD
    assert found / 60 >= at_least


def test_different_articles_never_meet():
    keys: set[int] = set()
    for seed in range(100):
        mine = set(nearest.band_keys(packed("".join(sentences(seed)))))
        assert not mine & keys
        keys |= mine


def test_texts_that_share_half_are_two_articles():
    for seed in range(20):
        left, right = sentences(seed), sentences(seed + 1000)
        mixed = left[:20] + right[20:]
        assert nearest.similarity(packed("".join(left)), packed("".join(mixed))) < nearest.THRESHOLD
