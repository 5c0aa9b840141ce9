"""What the desk is proposed: from names first, then from decisions."""

import fcntl
from datetime import timedelta

import pytest
from django_scopes import scope

from luoshi.cases.actions import receive_case, seal_case
from luoshi.cases.models import Case, RoutingRun
from luoshi.cases.suggest.catalogue import catalogue_of_town
from luoshi.cases.suggest.decided import HELD_BACK, decisions_of_town
from luoshi.cases.suggest.desk import marked, proposed_for
from luoshi.cases.suggest.nights import Nights, retrain
from luoshi.cases.suggest.shelf import folder_of, newest_run
from luoshi.commitments import actions
from luoshi.commitments.models import Category, Commitment, DutyItem, State
from luoshi.conftest import build_town
from luoshi.core.actors import RESIDENT, SCHEDULER
from luoshi.core.clock import at, today
from luoshi.core.models import Organisation, TrailEntry

# Things that are said of one matter and of the other, in ever new pairs.
LAMPS = ("路灯不亮", "路灯坏了", "路灯一闪一闪", "路灯杆歪了", "路灯白天也亮着")
PIPES = ("水管漏水", "水管爆了", "自来水发黄", "自来水没水压", "水表转得快")
PLACES = ("村口", "桥头", "学校门前", "老槐树旁", "卫生室旁", "晒谷场边", "祠堂后面")
WHEN = ("三天了", "昨晚开始", "下雨以后", "过节那天起", "修路以后")


@pytest.fixture
def lamps(place):
    return Category.objects.create(
        town=place.town, name="路灯", organisation=place.office("Roads"), position=1
    )


@pytest.fixture
def pipes(place):
    return Category.objects.create(
        town=place.town, name="供水", organisation=place.office("Water"), position=2
    )


# Above what the database gives by itself.
FIRST_KEY = 1_000_000


def told(place, text):
    return receive_case(
        town=place.town,
        text=text,
        actor=RESIDENT,
        channel="web",
        village=place.village,
    ).case


def decide(place, text, category, **more):
    case = told(place, text)
    actions.dispatch_commitment(
        case.commitment_id,
        organisation_id=category.organisation_id,
        category_id=category.pk,
        actor=place.staff("dispatcher"),
        **more,
    )
    return case


def decide_many(place, lamps, pipes, count=60):
    """Write so many decisions of each; every text differs from every other."""
    first = decide(place, "村口路灯不亮", lamps)
    second = decide(place, "村口水管漏水", pipes)
    promises, cases = [], []
    for number in range(count):
        where = PLACES[number % 7] + WHEN[number // 7 % 5]
        tail = f"，请来看看，门牌{number * 37 % 1000}号{chr(0x4E00 + number * 13)}"
        for like, what in ((first, LAMPS), (second, PIPES)):
            text = f"{where}{what[number % 5]}{tail}"
            promise = Commitment.objects.get(pk=like.commitment_id)
            promise.pk, promise.number = None, f"T{len(promises)}"
            promises.append(promise)
            case = Case(town=place.town, commitment=promise, number=promise.number)
            # By its key a case is held back: the same ones in whatever order tests run.
            case.pk = FIRST_KEY + len(cases)
            case.subject, case.text, case.village = text[:40], text, place.village
            case.channel, case.received_at = "web", like.received_at
            cases.append(case)
    Commitment.objects.bulk_create(promises)
    return Case.objects.bulk_create(cases)


def desk(place, case):
    page = place.client("dispatcher").get(
        f"/{place.town.code}/work/dispatch/{case.number}/"
    )
    return page.content.decode()


def send(place, case, **form):
    url = f"/{place.town.code}/work/case/{case.number}/do/dispatch/"
    version = Commitment.objects.get(pk=case.commitment_id).version
    return place.client("dispatcher").post(url, {"version": version, **form})


def test_before_anything_is_decided_names_and_words_speak(place, lamps, pipes):
    DutyItem.objects.create(
        town=place.town, title="农村饮水", tier="basic", keywords=["水龙头"]
    )
    pipes.duty = DutyItem.objects.get()
    pipes.save(update_fields=["duty"])
    case = told(place, "家里水龙头两天不出水")
    found = proposed_for(case)
    assert found.offers[0].category == pipes
    assert found.offers[0].office == place.office("Water")
    assert (found.learnt, found.sure, found.urgent) == (False, False, False)
    page = desk(place, case)
    assert "还没有从派过的单里学过" in page
    assert "<mark>" in page
    assert " checked" not in page.split("</fieldset>")[0]


@pytest.mark.parametrize("text", ["好好好", "😀😀", "hello there", "a" * 3000])
def test_where_no_word_speaks_nothing_is_proposed(place, lamps, pipes, text):
    case = told(place, text)
    assert proposed_for(case).offers == ()
    assert 'name="suggested"' not in desk(place, case)


def test_a_town_without_categories_gets_no_proposal(place):
    case = told(place, "路灯不亮")
    Category.objects.update(retired_at=case.received_at)
    assert proposed_for(case).offers == ()
    assert desk(place, case)


def test_what_is_proposed_is_dispatched_by_one_choice(place, lamps, pipes):
    case = told(place, "村口路灯不亮")
    first = proposed_for(case).offers[0]
    assert send(place, case, suggested="x-y").status_code == 422
    assert send(place, case, suggested="99999-").status_code == 422
    assert Commitment.objects.get().state == State.RECEIVED
    sent = send(place, case, suggested=first.value, proposed=first.category.pk)
    assert sent.status_code == 302
    made = Commitment.objects.get()
    assert (made.category, made.owner_organisation) == (lamps, place.office("Roads"))
    entry = TrailEntry.objects.get(code="commitments.dispatched")
    assert entry.data["proposed"] == "路灯"
    assert entry.data["as_proposed"] is True


def test_a_choice_from_the_list_outdoes_what_is_proposed(place, lamps, pipes):
    case = told(place, "村口路灯不亮")
    first = proposed_for(case).offers[0]
    told_ = {"suggested": first.value, "proposed": first.category.pk}
    # What was proposed is switched off meanwhile: no reason to refuse another.
    actions.switch_category_off(lamps.pk, actor=place.staff("administrator"))
    assert send(place, case, category=pipes.pk, **told_).status_code == 302
    made = Commitment.objects.get()
    assert (made.category, made.owner_organisation) == (pipes, place.office("Water"))
    entry = TrailEntry.objects.get(code="commitments.dispatched")
    assert entry.data["as_proposed"] is False


def test_decisions_teach_and_the_page_of_categories_says_how_well(place, lamps, pipes):
    assert retrain(place.town, actor=SCHEDULER) is None
    assert not RoutingRun.objects.exists()
    decide_many(place, lamps, pipes)
    case = told(place, "祠堂后面水管昨晚爆了，水流了一地")
    assert not proposed_for(case).learnt
    run = retrain(place.town, actor=SCHEDULER)
    assert TrailEntry.objects.filter(code="cases.suggestions_learnt").count() == 1
    figures = run.routers["category"]
    assert run.decisions + figures["of"] >= 120
    assert figures["right"] == figures["of"] >= 10
    found = proposed_for(case)
    assert (found.learnt, found.sure) == (True, True)
    assert found.offers[0].category == pipes
    assert any(piece in ("水管", "爆了") for piece, mark in found.pieces if mark)
    page = desk(place, case)
    assert "很有把握" in page
    assert page.split("</fieldset>")[0].count(" checked") == 1
    shown = place.client("administrator").get(
        f"/{place.town.code}/work/manage/categories/"
    )
    said = f"试，第一条建议对了{figures['right']}件"
    assert said in shown.content.decode()


def test_a_correction_counts_as_it_was_decided_in_the_end(place, lamps, pipes):
    case = decide(place, "村口路灯不亮", lamps)
    assert [one.path for one in decisions_of_town(catalogue_of_town())] == [("路灯",)]
    Commitment.objects.filter(pk=case.commitment_id).update(
        category=pipes, owner_organisation=place.office("Water")
    )
    (decision,) = decisions_of_town(catalogue_of_town())
    assert decision.path == ("供水",)
    assert decision.office == str(place.office("Water").pk)


def test_nothing_sealed_erased_or_waiting_is_learnt(place, lamps, pipes):
    kept = decide(place, "村口路灯不亮", lamps)
    sealed = decide(place, "桥头路灯坏了", lamps)
    erased = decide(place, "学校门前水管漏水", pipes)
    told(place, "老槐树旁水表转得快")
    assert len(decisions_of_town(catalogue_of_town())) == 3
    seal_case(
        sealed.pk,
        kind="conduct",
        actor=place.staff("dispatcher"),
    )
    Case.objects.filter(pk=erased.pk).update(text="")
    found = decisions_of_town(catalogue_of_town())
    assert [one.pk for one in found] == [kept.pk]


def test_what_is_worse_when_tried_is_not_taken(place, lamps, pipes):
    decide_many(place, lamps, pipes)
    before = retrain(place.town, actor=SCHEDULER)
    # Somebody dispatches all the learnt ones wrongly; those held back stay right.
    wrong = Case.objects.exclude(pk__in=_held_back()).values("commitment")
    swapped = {lamps.pk: pipes, pipes.pk: lamps}
    for made in Commitment.objects.filter(pk__in=wrong):
        made.category = swapped[made.category_id]
        made.save(update_fields=["category"])
    after = retrain(place.town, actor=SCHEDULER)
    kept = after.routers["category"]
    assert kept["kept"]
    assert kept["file"] == before.routers["category"]["file"]
    assert (folder_of(place.town) / kept["file"]).exists()
    assert kept["since"] == before.routers["category"]["since"]


def _held_back():
    return [
        pk for pk in Case.objects.values_list("pk", flat=True) if pk % HELD_BACK == 0
    ]


def test_after_an_erasure_the_old_one_is_let_go_however_good(
    place, lamps, pipes, clock
):
    made = decide_many(place, lamps, pipes)
    before = retrain(place.town, actor=SCHEDULER)
    clock.tick(timedelta(days=1))
    learnt = next(one for one in made if one.pk % HELD_BACK)
    seal_case(learnt.pk, kind="conduct", actor=place.staff("dispatcher"))
    wrong = Case.objects.exclude(pk__in=_held_back()).values("commitment")
    Commitment.objects.filter(pk__in=wrong).update(category=pipes)
    after = retrain(place.town, actor=SCHEDULER)
    # All that may be learnt says one thing, so there is nothing to tell apart.
    assert "category" not in after.routers
    assert not (folder_of(place.town) / before.routers["category"]["file"]).exists()
    assert not proposed_for(told(place, "路灯不亮了")).learnt


@pytest.mark.parametrize("harm", ["gone", "cut", "other"])
def test_a_file_that_is_not_the_one_learnt_is_not_used(place, lamps, pipes, harm):
    decide_many(place, lamps, pipes)
    run = retrain(place.town, actor=SCHEDULER)
    path = folder_of(place.town) / run.routers["category"]["file"]
    whole = path.read_bytes()
    match harm:
        case "gone":
            path.unlink()
        case "cut":
            path.write_bytes(whole[: len(whole) // 2])
        case "other":
            other = folder_of(place.town) / run.routers["office"]["file"]
            path.write_bytes(other.read_bytes())
    case = told(place, "村口路灯不亮")
    found = proposed_for(case)
    assert not found.learnt
    assert found.offers[0].category == lamps
    shown = place.client("administrator").get(
        f"/{place.town.code}/work/manage/categories/"
    )
    assert "学到的类别文件不在了或坏了" in shown.content.decode()
    # The next night mends it.
    assert retrain(place.town, actor=SCHEDULER) is not None
    assert proposed_for(case).learnt


def test_a_category_switched_off_or_renamed_is_proposed_no_more(place, lamps, pipes):
    decide_many(place, lamps, pipes)
    retrain(place.town, actor=SCHEDULER)
    case = told(place, "村口路灯又不亮")
    assert proposed_for(case).offers[0].category == lamps
    Category.objects.filter(pk=lamps.pk).update(name="照明")
    assert lamps not in [one.category for one in proposed_for(case).offers]


def test_an_office_that_closed_is_proposed_no_more(place, lamps, pipes):
    decide_many(place, lamps, pipes)
    retrain(place.town, actor=SCHEDULER)
    case = told(place, "村口路灯又不亮")
    Organisation.objects.filter(name="Roads").update(closed_at=case.received_at)
    first = proposed_for(case).offers[0]
    assert (first.category, first.office, first.sure) == (lamps, None, False)


@pytest.mark.parametrize(
    ("text", "words", "pieces"),
    [
        ("路灯坏了", (), [("路灯坏了", False)]),
        ("路灯坏了", ("水",), [("路灯坏了", False)]),
        ("坏的路灯", ("路灯",), [("坏的", False), ("路灯", True)]),
        (
            "LED灯，led灯",
            ("led",),
            [("LED", True), ("灯，", False), ("led", True), ("灯", False)],
        ),
        ("水表箱", ("水表", "水表箱"), [("水表箱", True)]),
        ("a.c", (".",), [("a", False), (".", True), ("c", False)]),
    ],
)
def test_words_are_marked_where_they_stand(text, words, pieces):
    assert list(marked(text, words)) == pieces
    assert "".join(piece for piece, _mark in marked(text, words)) == text


def test_each_town_is_begun_once_a_night_and_never_by_day(place):
    nights = Nights()
    for hour, due in (
        ("00:59", False),
        ("01:00", True),
        ("04:59", True),
        ("05:00", False),
    ):
        with at(f"2026-03-02 {hour}"):
            assert (nights.town_due() == place.town) is due
    with at("2026-03-02 02:00") as frozen:
        nights.begun[place.town.pk] = today()
        assert nights.town_due() is None
        frozen.tick(timedelta(days=1))
        assert nights.town_due() == place.town


def test_two_do_not_learn_at_once(place, lamps, pipes):
    decide_many(place, lamps, pipes, count=20)
    with (folder_of(place.town) / "learning.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert retrain(place.town, actor=SCHEDULER) is None
    assert newest_run() is None


def test_another_town_learns_nothing_of_this_one(place, lamps, pipes):
    decide_many(place, lamps, pipes, count=20)
    other = build_town("other")
    with scope(town=other.town):
        assert decisions_of_town(catalogue_of_town()) == []
        assert retrain(other.town, actor=SCHEDULER) is None
