"""The town's own tracks: changed by an administrator, never below the law."""

from dataclasses import replace

import pytest

from luoshi.consultations import actions
from luoshi.consultations.tests.play import again, opened, prepared
from luoshi.consultations.tracks import DEFAULTS, Step, name_kept, track_of
from luoshi.core.models import Town
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import entries_of

LONGER = replace(
    DEFAULTS["ordinary"], days=10, steps=(Step("开会", "publish"),), source="会议纪要"
)
URL = "/qinghe/work/manage/tracks/"


def _names(consultation):
    return [step.name for step in consultation.steps.all()]


def test_only_an_administrator_changes_a_track(place):
    for who in ("leader", "dispatcher", "releaser"):
        with pytest.raises(NotAllowed):
            actions.change_track(LONGER, actor=place.staff(who))
        assert place.client(who).get(URL).status_code == 403
    assert "tracks" not in Town.objects.get().rules
    town = actions.change_track(LONGER, actor=place.staff("administrator"))
    assert track_of(town, "ordinary") == LONGER
    entry = entries_of(town)[0]
    assert (entry.code, entry.data["days"]) == ("consultations.track_changed", [7, 10])


@pytest.mark.parametrize(
    ("code", "other", "refusal"),
    [
        ("ordinary", {"days": 0}, "track_days"),
        ("ordinary", {"days": 366}, "track_days"),
        ("ordinary", {"most_days": 6}, "track_most"),
        ("ordinary", {"source": ""}, "track_source"),
        ("ordinary", {"steps": ()}, "track_steps"),
        ("ordinary", {"steps": (Step("a", "open"),) * 2}, "track_step_twice"),
        ("ordinary", {"steps": (Step("a", "open", 61),)}, "track_workdays"),
        ("ordinary", {}, "track_same"),
        ("major", {"days": 29}, "track_law_days"),
        ("major", {"steps": (Step("a", "publish", 6),)}, "track_law_check"),
    ],
)
def test_no_track_is_empty_nor_below_the_law(place, code, other, refusal):
    with pytest.raises(Refusal, match=refusal):
        actions.change_track(
            replace(DEFAULTS[code], **other), actor=place.staff("administrator")
        )
    assert "tracks" not in Town.objects.get().rules


def test_what_runs_keeps_its_steps_and_what_is_prepared_gets_the_new_ones(place):
    running, draft = opened(place), prepared(place)
    begun = prepared(place)
    step = begun.steps.get()
    actions.record_step(
        step.pk,
        done_on=begun.made_at.date(),
        words="纪要",
        actor=place.staff("handler"),
    )
    actions.change_track(LONGER, actor=place.staff("administrator"))
    old = ["Talked over by the leadership"]
    assert (_names(running), _names(begun)) == (old, old)
    assert _names(draft) == ["开会"]
    actions.restore_track("ordinary", actor=place.staff("administrator"))
    assert _names(again(draft)) == old
    assert track_of(Town.objects.get(), "ordinary") == DEFAULTS["ordinary"]
    with pytest.raises(Refusal, match="track_same"):
        actions.restore_track("ordinary", actor=place.staff("administrator"))


def test_a_step_that_came_with_luoshi_stays_in_both_languages():
    assert name_kept(" 班子集体  讨论决定 ") == "班子集体 讨论决定"
    for track in DEFAULTS.values():
        for step in track.steps:
            assert name_kept(step.told) == step.name


def test_the_page_shows_saves_and_refuses(place):
    client = place.client("administrator")
    page = client.get(f"{URL}major/")
    assert page.status_code == 200
    form = page.context["form"]
    told = {name: form[name].value() or "" for name in form.fields}
    assert client.post(f"{URL}major/", told).status_code == 422
    short = client.post(f"{URL}major/", told | {"days": "29"})
    assert short.status_code == 422
    more = told | {"days": "45", "name-4": "专家论证", "workdays-4": "3"}
    assert client.post(f"{URL}major/", more).status_code == 302
    track = track_of(Town.objects.get(), "major")
    assert (track.days, track.steps[3]) == (45, Step("专家论证", "publish", 3))
    assert track.steps[:3] == DEFAULTS["major"].steps
    assert client.get(f"{URL}nothing/").status_code == 404
    assert "专家论证" in client.get(URL).content.decode()
    assert client.post(f"{URL}major/restore/").status_code == 302
    assert "tracks" in Town.objects.get().rules
    assert track_of(Town.objects.get(), "major") == DEFAULTS["major"]
