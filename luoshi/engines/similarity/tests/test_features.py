"""Pieces, their weights, and the file of weights."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.engines.grams import grams
from luoshi.engines.similarity.features import (
    KEPT,
    Text,
    Weights,
    learn,
    of_a_few,
    vectors,
)
from luoshi.engines.similarity.places import Gazetteer
from luoshi.engines.text import clean

LINES = st.lists(st.text("青山花园路ab1 ，。\n", max_size=12), max_size=6)


def plain_grams(text, size):
    return [
        text[at : at + size]
        for at in range(len(text) - size + 1)
        if text[at : at + size].isalnum()
    ]


@settings(deadline=None, max_examples=50)
@given(LINES)
def test_pieces_are_those_of_a_plain_loop(lines):
    texts = [clean(line) for line in lines]
    found = grams(texts, (2, 3), 40)
    told = Counter(zip(found.rows.tolist(), found.hashes.tolist(), strict=True))
    plain = [
        Counter(piece for size in (2, 3) for piece in plain_grams(text, size))
        for text in texts
    ]
    for row, pieces in enumerate(plain):
        counts = sorted(count for (at, _hash), count in told.items() if at == row)
        assert counts == sorted(pieces.values())
    everything = {piece for pieces in plain for piece in pieces}
    assert len({name for _row, name in told}) == len(everything)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(max_size=40), max_size=4))
def test_any_text_has_rows_of_length_one_or_none(lines):
    texts = [Text("", clean(line)) for line in lines]
    space = vectors(texts, learn(texts))
    assert space.whole.shape[0] == len(texts)
    assert np.isfinite(space.whole.data).all()
    for row in space.whole:
        length = math.sqrt(float((row.data.astype(float) ** 2).sum()))
        assert length == pytest.approx(1, abs=1e-4) or row.nnz == 0


def test_cleaning_keeps_words_and_drops_what_is_unseen():
    assert clean("Ａ１栋　噪\x00音\u200b") == "a1栋 噪音"
    assert clean("看 https://example.org/x?y=1 吧") == "看 吧"
    assert clean("\ud800路") == "路"
    assert len(clean("长" * 1_000_000)) == 1500
    assert clean(clean("①②③ ﬁne")) == clean("①②③ ﬁne")


def test_a_common_piece_is_worth_less():
    texts = [Text("", f"小区{name}") for name in ("噪音", "积水", "停电", "噪音")]
    weights = learn(texts)
    seen = sorted(weights.seen[weights.seen > 0].tolist())
    assert seen[-1] == 4
    assert weights.telling[np.argmax(weights.seen)] == pytest.approx(math.log(2))


def test_no_row_keeps_more_than_its_heaviest_pieces():
    texts = [Text("", "".join(chr(0x4E00 + at * 7) for at in range(900)))]
    assert vectors(texts, learn(texts)).whole.nnz == KEPT


def test_a_row_is_the_same_among_many():
    """Chunks are sorted with the row in a number's high bits: they must hold it."""
    texts = [Text("", f"{at:05}号井盖坏了") for at in range(17_000)]
    weights = learn(texts)
    many = vectors(texts, weights).whole
    for at in (0, 7_999, 8_000, 8_192, 15_999, 16_999):
        alone = vectors([texts[at]], weights).whole
        assert (many[at] != alone).nnz == 0


def test_weights_come_back_from_their_file(tmp_path):
    weights = learn([Text("青山", "花园路停电"), Text("", "青山停水")])
    path = str(tmp_path / "weights")
    weights.save(path)
    back = Weights.load(path)
    assert (back.seen == weights.seen).all()
    assert (back.place == weights.place).all()
    assert back.texts == 2


def test_a_broken_file_is_refused(tmp_path):
    path = tmp_path / "weights"
    learn([Text("", "花园路停电")]).save(str(path))
    whole = path.read_bytes()
    for broken in (b"", b"no weights", whole[: len(whole) // 2], whole[10:]):
        path.write_bytes(broken)
        with pytest.raises(ValueError, match="weights"):
            Weights.load(str(path))


def test_a_file_of_another_kind_cannot_run_code(tmp_path):
    path = tmp_path / "weights"
    with path.open("wb") as file:
        np.savez(file, seen=np.array([print], object), place=np.zeros(1), texts=1)
    with pytest.raises(ValueError, match="weights"):
        Weights.load(str(path))
    small = np.zeros(3, np.int32)
    with path.open("wb") as file:
        np.savez(file, seen=small, place=np.zeros(1, np.uint8), texts=1)
    with pytest.raises(ValueError, match="another version"):
        Weights.load(str(path))
    with pytest.raises(FileNotFoundError):
        Weights.load(str(tmp_path / "none"))


@given(
    st.lists(st.text("前进村路灯坏了三组噪音a1 ", max_size=60), min_size=1, max_size=8)
)
def test_a_few_have_the_products_that_all_columns_give(lines):
    """Columns of their own change no cosine, of all or of matter and place apart."""
    texts = [Text(line[:9], line[9:]) for line in lines]
    known = Gazetteer.of({"前进村": ["前进村"], "三组": ["三组"]})
    town = learn([Text("前进村", "路灯坏了"), Text("", "三组噪音")], known)
    for weights in (None, town):
        ours = of_a_few(texts, known, weights)
        slow = vectors(texts, weights or learn(texts, known), known)
        for mine, other in ((ours.whole, slow.whole), (ours.parts, slow.parts)):
            products = [(one @ one.T).toarray() for one in (mine, other)]
            np.testing.assert_allclose(*products, atol=1e-5)
        shares = [
            one.whole.multiply(one.whole) @ one.place.astype(float)
            for one in (ours, slow)
        ]
        np.testing.assert_allclose(*shares, atol=1e-5)
