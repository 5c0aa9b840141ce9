"""What a router promises, on made-up messages."""

import numpy as np
import pytest

from luoshi.engines import routing
from luoshi.engines.routing.tests.made import messages

TEXTS, LABELS = messages(120)


@pytest.fixture(scope="module")
def router():
    return routing.train(TEXTS, LABELS)


def test_messages_not_seen_are_routed_right_with_words_that_stand_in_them(router):
    texts, labels = messages(60, seed=2)
    for text, label, found in zip(texts, labels, router.route(texts), strict=True):
        assert found[0].label == label
        assert found[0].source == routing.LEARNT
        assert found[0].words and all(word in text for word in found[0].words)
        assert 1 >= found[0].confidence >= found[1].confidence >= found[2].confidence
        assert sum(one.confidence for one in found) == pytest.approx(1, abs=1e-5)


def test_a_text_cut_into_words_is_read_like_the_same_text_whole(router):
    cut = "污水 臭味 请领导 河道 焚烧秸秆"
    assert (
        router.confidences([cut]) == router.confidences([cut.replace(" ", "")])
    ).all()


def test_function_words_which_cut_texts_lack_change_nothing(router):
    whole, thinned = "我们的河道被污水污染了，臭味在", "河道污水污染臭味"
    assert np.allclose(router.confidences([whole]), router.confidences([thinned]))


def test_the_report_comes_from_messages_kept_back(router):
    assert router.report.messages == len(TEXTS)
    assert router.report.accuracy > 0.95
    assert router.sure_from is not None and router.report.share_prefilled > 0.9


def test_labels_that_say_nothing_about_the_texts_are_never_sure():
    mixed = list(np.random.default_rng(0).permutation(LABELS))
    router = routing.train(TEXTS, mixed)
    assert router.sure_from is None and router.report.share_prefilled == 0
    assert router.report.accuracy < 0.6
    assert router.report.precision_of_prefilled is None


def test_same_seed_and_shuffled_rows_give_the_same_suggestions(router):
    again = routing.train(TEXTS, LABELS)
    assert again.route(TEXTS[:5]) == router.route(TEXTS[:5])
    turned = routing.train(TEXTS[::-1], LABELS[::-1])
    for one, other in zip(turned.route(TEXTS), router.route(TEXTS), strict=True):
        assert one[0].label == other[0].label


def test_the_sum_of_many_at_once_is_each_alone(router):
    together = router.confidences(TEXTS * 6)
    assert np.allclose(together[:120], together[-120:], atol=1e-6)
    assert np.allclose(router.confidences(TEXTS[7:8]), together[7:8], atol=1e-6)


ODD = [
    "",
    " ",
    "水",
    "污水" * 50_000,
    "hello world " * 9,
    "🏠🚰😡",
    "\x00\x07\ud800",
    "\u200b",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_get_a_sane_answer(router, text):
    (found,) = router.route([text])
    assert len(found) == 3
    assert all(np.isfinite(one.confidence) for one in found)


def test_a_text_without_known_words_is_never_sure(router):
    for text in ("", "🏠🚰😡", "zzz qqq"):
        (found,) = router.route([text])
        assert found[0].confidence < 0.9 and found[0].words == ()


def test_no_texts_get_no_suggestions(router):
    assert router.route([]) == [] and router.confidences([]).shape == (0, 3)


def test_odd_texts_among_the_training_do_no_harm():
    router = routing.train(TEXTS + ODD, LABELS + ["环境"] * len(ODD))
    assert router.route(["幼儿园学费"])[0][0].label == "教育"


def test_identical_texts_with_different_labels_are_unsure():
    router = routing.train(["路灯不亮"] * 40, ["城建", "交通"] * 20)
    (found,) = router.route(["路灯不亮"])
    assert found[0].confidence < 0.75 and router.sure_from is None


def test_a_label_with_one_example_is_learnt_beside_the_others():
    router = routing.train([*TEXTS, "狂犬疫苗哪里打"], [*LABELS, "卫生"])
    assert "卫生" in router.labels
    assert router.route(["狂犬疫苗"])[0][0].label == "卫生"


def test_two_texts_are_enough_to_begin_but_claim_no_figures():
    router = routing.train(["污水臭味", "幼儿园学费"], ["环境", "教育"])
    assert router.report is None and router.sure_from is None
    assert router.route(["污水"])[0][0].label == "环境"


@pytest.mark.parametrize(
    ("texts", "labels", "said"),
    [
        (["甲乙", "丙丁"], ["环境"], "2 texts and 1 labels"),
        (["甲乙", "丙丁"], ["环境", "环境"], "two different labels"),
        ([], [], "two different labels"),
        (["", "。。"], ["环境", "教育"], "no words"),
    ],
)
def test_nothing_to_learn_from_is_refused(texts, labels, said):
    with pytest.raises(routing.TrainingError, match=said):
        routing.train(texts, labels)


def test_many_labels_stay_small():
    from luoshi.engines.routing import features

    found = features.Features.learn(TEXTS, classes=features.MOST_WEIGHTS // 90)
    assert found.width <= 90
