"""Levels that agree, from names alone or from what was decided."""

import pytest

from luoshi.engines import routing
from luoshi.engines.routing import Entry
from luoshi.engines.routing.tests.made import messages

ENTRIES = [
    Entry(("环境", "水污染", "河道污水")),
    Entry(("环境", "大气污染", "焚烧秸秆"), "烟尘 臭味"),
    Entry(("环境", "噪音"), "扰民 广场舞"),
    Entry(("教育", "学校收费", "学费")),
    Entry(("教育", "幼儿园")),
    Entry(("社保", "养老", "养老金发放"), "退休"),
    Entry(("社保", "医保"), "医保卡 报销"),
]
PLACES = {entry.path[:depth] for entry in ENTRIES for depth in range(1, 4)}


def test_a_town_without_history_is_served_from_names_and_told_so():
    router = routing.train_catalogue(ENTRIES)
    (first, *_rest), (other, *_more) = router.route(["秸秆焚烧满村烟尘", "广场舞扰民"])
    assert first.path == ("环境", "大气污染", "焚烧秸秆")
    assert other.path == ("环境", "噪音")
    assert {level.source for level in first.levels} == {routing.CATALOGUE}
    assert "烟尘" in first.levels[1].words + first.levels[0].words


def test_levels_never_contradict_and_no_level_is_surer_than_the_one_above():
    texts, labels = messages(60)
    router = routing.train_catalogue(ENTRIES, texts, [(label,) for label in labels])
    for placings in router.route([*texts, "", "z", "🏠"]):
        assert 1 <= len(placings) <= 3
        assert len({placing.path[0] for placing in placings}) == len(placings)
        for placing in placings:
            assert placing.path in PLACES
            sure = [level.confidence for level in placing.levels]
            assert sure == sorted(sure, reverse=True)


def test_a_level_is_learnt_where_decided_often_enough_and_named_elsewhere():
    texts, labels = messages(60)
    router = routing.train_catalogue(ENTRIES, texts, [(label,) for label in labels])
    assert set(router.routers) == {()}
    ((first, *_rest),) = router.route(["幼儿园学费太贵，老师补课"])
    assert first.levels[0].source == routing.LEARNT
    assert first.levels[1].source == routing.CATALOGUE


def test_deeper_levels_are_learnt_among_the_children_of_their_place():
    texts = [f"小溪{n}号发黑冒泡" for n in range(15)]
    texts += [f"烟囱{n}号黑烟滚滚" for n in range(15)]
    paths = [("环境", "水污染")] * 15 + [("环境", "大气污染")] * 15
    router = routing.train_catalogue(ENTRIES, texts, paths)
    assert set(router.routers) == {("环境",)}
    (placings,) = router.route(["小溪发黑，污染环境"])
    assert placings[0].path == ("环境", "水污染", "河道污水")
    assert placings[0].levels[1].source == routing.LEARNT


def test_names_that_the_catalogue_lost_are_left_out():
    texts, labels = messages(60)
    router = routing.train_catalogue(ENTRIES, texts, [(f"旧{x}",) for x in labels])
    assert router.routers == {}


def test_it_comes_back_from_its_file(tmp_path):
    texts, labels = messages(60)
    router = routing.train_catalogue(ENTRIES, texts, [(label,) for label in labels])
    router.save(tmp_path / "router")
    loaded = routing.load_catalogue(tmp_path / "router")
    for one, other in zip(loaded.route(texts), router.route(texts), strict=True):
        assert one[0].path == other[0].path


def test_the_two_kinds_of_files_are_not_taken_for_each_other(tmp_path):
    texts, labels = messages(30)
    routing.train(texts, labels).save(tmp_path / "flat")
    routing.train_catalogue(ENTRIES).save(tmp_path / "deep")
    with pytest.raises(routing.ModelFileError):
        routing.load_catalogue(tmp_path / "flat")
    with pytest.raises(routing.ModelFileError):
        routing.load(tmp_path / "deep")


def test_bad_catalogues_and_lengths_are_refused():
    with pytest.raises(routing.TrainingError, match="entries"):
        routing.train_catalogue([])
    with pytest.raises(routing.TrainingError, match="entries"):
        routing.train_catalogue([Entry(())])
    with pytest.raises(routing.TrainingError, match="1 texts and 0 paths"):
        routing.train_catalogue(ENTRIES, ["水"], [])
