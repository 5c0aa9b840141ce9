"""The paper of a post: derived, for the two, their leader and one member only."""

from datetime import date, timedelta

import pytest

from luoshi.cases.tests.test_handover import hand, owner_of, tenure_of
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions as work
from luoshi.commitments.models import Commitment
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.queries.papers import paper_of, papers_visible_to
from luoshi.core import clock as clock_module
from luoshi.core.actions import Successor, hand_posts_over
from luoshi.core.models import HandoverPair, Post
from luoshi.core.staff import staff_of_person


def close(receipt):
    Commitment.objects.filter(pk=receipt.case.commitment_id).update(
        state="closed", ending="solved", closed_at=owner_of(receipt).accepted_at
    )


def twice_handed_over(place, clock):
    """Return two papers of one post: to the newcomer, and on to the colleague."""
    old = dispatched(place)
    hand(place, ("handler", ("钱㐂", "qian")))
    first = HandoverPair.objects.get()
    newcomer = staff_of_person(first.came.person)
    clock.tick(timedelta(hours=1))
    done = dispatched(place)
    work.hand_over_commitment(
        done.case.commitment_id,
        person_id=newcomer.person.pk,
        reason="x",
        actor=place.staff("dispatcher"),
    )
    work.take_commitment(done.case.commitment_id, actor=newcomer)
    work.submit_commitment(done.case.commitment_id, words="好了", actor=newcomer)
    work.accept_commitment(done.case.commitment_id, actor=place.staff("inspector"))
    close(done)
    clock.tick(timedelta(hours=1))
    hand_posts_over(
        [Successor(first.came_id, person_id=place.staff("water").person.pk)],
        day=date(2026, 3, 2),
        actor=place.staff("administrator"),
    )
    return first, HandoverPair.objects.latest("pk"), old, done


def numbers(heap):
    return [one.commitment.number for one in heap.named]


def test_a_paper_tells_what_was_inherited_done_and_left(place, clock):
    first, second, old, done = twice_handed_over(place, clock)
    leader = place.staff("leader")
    paper = paper_of(second, leader)
    assert paper.earlier == first
    assert numbers(paper.inherited) == [old.case.number]
    assert numbers(paper.done) == [done.case.number]
    assert [count for _label, count in paper.endings] == [1]
    assert numbers(paper.left) == [old.case.number]
    before = paper_of(first, leader)
    assert before.earlier is None
    assert (before.inherited.count, before.done.count) == (0, 0)
    assert numbers(before.left) == [old.case.number]


def test_what_is_sealed_stands_on_no_paper(place, clock):
    _first, second, old, _done = twice_handed_over(place, clock)
    Commitment.objects.filter(pk=old.case.commitment_id).update(
        visibility=Visibility.SEALED
    )
    paper = paper_of(second, place.staff("leader"))
    assert (paper.inherited.count, paper.left.count) == (0, 0)
    client = place.client("leader")
    url = f"/{place.town.code}/work/papers/{second.pk}/"
    assert old.case.number not in client.get(url).content.decode()


def test_only_the_two_their_leader_and_the_organisation_member_read_it(place, clock):
    _first, second, _old, done = twice_handed_over(place, clock)
    url = f"/{place.town.code}/work/papers/{second.pk}/"
    for who in ("administrator", "dispatcher", "inspector", "colleague"):
        assert place.client(who).get(url).status_code == 404
        page = place.client(who).get(f"/{place.town.code}/work/papers/")
        assert f"/papers/{second.pk}/" not in page.content.decode()
    for who in ("water", "leader"):
        page = place.client(who).get(url).content.decode()
        assert done.case.number in page
    # Once somebody else signs for the office, this leader reads it no more.
    other = tenure_of(place, "releaser").post
    other.oversees.add(second.left.post.organisation)
    assert place.client("leader").get(url).status_code == 404
    Post.objects.filter(pk=other.pk).update(roles=["leader"])
    assert papers_visible_to(place.staff("releaser")).filter(pk=second.pk).exists()
    Post.objects.filter(pk=tenure_of(place, "inspector").post_id).update(
        roles=["organisation_member"]
    )
    assert place.client("inspector").get(url).status_code == 200


@pytest.mark.parametrize("many", [3, 30])
def test_a_longer_paper_needs_no_more_queries(
    place, django_assert_max_num_queries, many
):
    for _number in range(many):
        dispatched(place)
    awaiting(place)
    hand(place, ("handler", ("钱㐂", "qian")))
    pair = HandoverPair.objects.get()
    leader = place.staff("leader")
    with django_assert_max_num_queries(14):
        paper_of(pair, leader)


def test_a_paper_is_whole_on_a_clock_that_runs(place, clock):
    """Between the first row and the last of a hand-over the clock goes on."""
    receipts = [dispatched(place), dispatched(place)]

    class Running:
        @property
        def moment(self):
            clock.tick(timedelta(milliseconds=1))
            return clock.moment

    token = clock_module._frozen.set(Running())
    try:
        hand(place, ("handler", ("钱㐂", "qian")))
    finally:
        clock_module._frozen.reset(token)
    paper = paper_of(HandoverPair.objects.get(), place.staff("leader"))
    assert numbers(paper.left) == [one.case.number for one in receipts]
