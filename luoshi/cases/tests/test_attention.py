"""The short lists: each leads to exactly its whole list, and says so when empty."""

import html
import re
from datetime import timedelta

import pytest

from luoshi.cases.actions import judge_case, signal_broken
from luoshi.cases.attention import INSPECTOR_LISTS, LEADER_LISTS, LISTS
from luoshi.cases.tests.test_main_job import awaiting, dispatched, handed_in
from luoshi.cases.tests.test_sampling import ALL, look, nobody_reached, passed_on
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, Sample
from luoshi.core.clock import today
from luoshi.core.models import Post

PAGES = {"leader": ("first", LEADER_LISTS), "inspector": ("inspect", INSPECTOR_LISTS)}
LOOK = re.compile(r'data-look="([\w-]+)" data-total="(\d+)"(.*?)</section>', re.S)


def short(place, who):
    """Return each list on somebody's page: its total, its rows, its link, its text."""
    path, _names = PAGES[who]
    page = place.client(who).get(f"/{place.town.code}/work/{path}/")
    assert page.status_code == 200
    found = {}
    for name, total, rest in LOOK.findall(page.content.decode()):
        link = re.search(r'href="([^"]+/list/[^"]+)"', rest)
        url = html.unescape(link.group(1)) if link else ""
        found[name] = (int(total), rest.count("data-row"), url, rest)
    return found


def whole(place, who, url):
    """Walk the pages of a whole list; return its total and how many rows came."""
    client, rows, total, address = place.client(who), 0, None, url
    while address:
        text = client.get(address).content.decode()
        total = total or int(re.search(r'data-total="(\d+)"', text).group(1))
        rows += text.count("<li data-row>")
        older = re.search(r'<nav[^>]*><a class="button" href="(\?[^"]+)"', text)
        address = url.split("?")[0] + html.unescape(older.group(1)) if older else ""
    return total, rows


def asked_above(place):
    """Ask a higher body about a matter; return it and who has it."""
    pk = dispatched(place).case.commitment_id
    owner = place.staff(Commitment.objects.get(pk=pk).owner.name)
    actions.take_commitment(pk, actor=owner)
    until = today() + timedelta(days=3)
    above = actions.Above("help", "县水利局", "王科长", "请派技术员", until)
    actions.ask_higher(pk, above=above, actor=owner)
    return pk, owner


@pytest.fixture
def full(place, clock):
    """Give a town in which every list has more than it shows."""
    place.town.rules = ALL
    place.town.save(update_fields=["rules"])
    for _one in range(7):
        receipt = awaiting(place)
        judge_case(receipt.reporter.pk, solved="not", satisfied="not", words="还是不亮")
        pk = receipt.case.commitment_id
        owner = Commitment.objects.get(pk=pk).owner.name
        actions.submit_commitment(pk, words="又换了", actor=place.staff(owner))
        actions.accept_commitment(pk, actor=place.staff("inspector"))
        judge_case(receipt.reporter.pk, solved="not", satisfied="not")
        Commitment.objects.filter(pk=pk).update(visibility="public")
        signal_broken(pk, words="我家也没亮")
    for _one in range(7):
        passed_on(place)
    for sample in Sample.objects.filter(why="ending").order_by("pk")[:6]:
        look(place, sample)
    for _one in range(6):
        pk = awaiting(place).case.commitment_id
        sample = Sample.objects.get(commitment=pk)
        look(place, sample, right=False, words="灯还是不亮")
    for _one in range(6):
        handed_in(place)
    for _one in range(7):
        nobody_reached(place, clock)
    for _one in range(6):
        actions.hand_back_commitment(
            dispatched(place, office="Water").case.commitment_id,
            reason="归村建办",
            actor=place.staff("water"),
        )
    asked = [asked_above(place) for _one in range(6)]
    clock.tick(timedelta(days=8))
    for _one in range(6):
        dispatched(place)
    clock.tick(timedelta(days=7))
    for _one in range(53):
        dispatched(place)
    clock.tick(timedelta(days=3))
    actions.escalate_overdue()
    for pk, owner in asked:
        actions.explain(pk, about="late", words="连下三天暴雨", actor=owner)
    return place


@pytest.mark.parametrize("who", PAGES)
def test_each_short_list_leads_to_exactly_its_whole_list(full, who):
    found = short(full, who)
    assert tuple(found) == PAGES[who][1]
    for name, (total, rows, url, _rest) in found.items():
        assert total > 5 and rows == 5, name
        assert whole(full, who, url) == (total, total), name


def test_longer_lists_need_no_more_queries(full, clock, django_assert_max_num_queries):
    for who, (path, names) in PAGES.items():
        url = f"/{full.town.code}/work/{path}/"
        client = full.client(who)
        client.get(url)
        with django_assert_max_num_queries(15 + 3 * len(names)) as few:
            client.get(url)
        # Now: the next request empties the log.
        needed = len(few)
        for _one in range(30):
            handed_in(full)
        clock.tick(timedelta(days=30))
        # Once before, so that the calendar lies in memory as it did then.
        client.get(url)
        # A list that has run empty asks once more: which words wait, for its next day.
        with django_assert_max_num_queries(needed + 1):
            client.get(url)
        for name in names:
            with django_assert_max_num_queries(25):
                client.get(f"/{full.town.code}/work/list/{name}/")


EMPTY = {
    "late": "没有超期的，到现在也没有过。",
    "explained": "没有等领导看的说明。",
    "above": "没有等上级答复的。",
    "soon": "没有快到期的，手头没有在办的事。",
    "leader": "没有等领导定的。",
    "signals": "还没有邻居说哪里没好。",
    "stuck": "没有卡住的",
    "sent-back": "没有因为抽查正在重办的。",
    "review": "没有等验收的。",
    "work-drawn": "抽中的都看过了。",
    "ending-drawn": "抽中的都看过了。",
    "looked": "还没有看过抽查的。",
    "said-not": "还没有人说“没解决”。",
}


@pytest.mark.parametrize("who", PAGES)
def test_an_empty_list_says_so_in_a_sentence(place, who):
    assert set(EMPTY) == set(LISTS)
    for name, (total, rows, url, rest) in short(place, who).items():
        assert (total, rows, url) == (0, 0, "")
        assert EMPTY[name] in rest
        page = place.client(who).get(f"/{place.town.code}/work/list/{name}/")
        assert EMPTY[name] in page.content.decode()


def test_it_says_when_something_was_overdue_last(place, clock):
    pk = dispatched(place).case.commitment_id
    clock.tick(timedelta(days=12))
    actions.escalate_overdue()
    assert short(place, "leader")["late"][0] == 1
    owner = Commitment.objects.get(pk=pk).owner.name
    actions.take_commitment(pk, actor=place.staff(owner))
    actions.submit_commitment(pk, words="修好了", actor=place.staff(owner))
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    assert "没有超期的。最近一次超期是3月14日。" in short(place, "leader")["late"][3]
    assert "没有快到期的，手头没有在办的事。" in short(place, "leader")["soon"][3]


def test_an_explanation_stands_beside_what_is_late_until_it_is_decided(place, clock):
    pk, owner = asked_above(place)
    assert short(place, "leader")["above"][0] == 1
    assert "县水利局，3月5日前答复" in short(place, "leader")["above"][3]
    clock.tick(timedelta(days=20))
    assert "已经过了" in short(place, "leader")["above"][3]
    assert "连下三天暴雨" not in short(place, "leader")["late"][3]
    actions.explain(pk, about="late", words="连下三天暴雨", actor=owner)
    page = short(place, "leader")
    assert "连下三天暴雨" in page["late"][3] and page["explained"][0] == 1
    told = {"accepted": False, "answer": "第二天就通车了"}
    actions.decide_explanation(pk, actor=place.staff("leader"), **told)
    page = short(place, "leader")
    assert "说明不成立" in page["late"][3] and "第二天就通车了" in page["late"][3]
    assert page["explained"][0] == 0
    actions.note_higher_answer(pk, answer="来人看过", actor=owner)
    assert short(place, "leader")["above"][0] == 0


def test_a_signal_that_was_seen_leaves_the_list(place):
    pk = awaiting(place).case.commitment_id
    Commitment.objects.filter(pk=pk).update(visibility="public")
    signal_broken(pk, words="我家也没亮")
    assert "我家也没亮" in short(place, "leader")["signals"][3]
    from luoshi.cases.actions import see_signals
    from luoshi.cases.models import Case

    see_signals(Case.objects.get(commitment=pk).pk, actor=place.staff("leader"))
    assert (
        "邻居说的都有人看过了。最近一次是3月2日。"
        in (short(place, "leader")["signals"][3])
    )


def test_a_leader_sees_the_own_offices_first_and_may_see_the_town(place, clock):
    post = Post.objects.get(tenures__person=place.staff("leader").person)
    post.oversees.add(place.office("Water"))
    dispatched(place, office="Water")
    for _one in range(2):
        dispatched(place)
    clock.tick(timedelta(days=12))
    mine = short(place, "leader")["late"]
    assert mine[0] == 1
    client = place.client("leader")
    page = client.get(f"/{place.town.code}/work/first/?whose=town").content.decode()
    assert 'data-look="late" data-total="3"' in page
    base = f"/{place.town.code}/work/list/late/"
    assert whole(place, "leader", f"{base}?whose=mine") == (1, 1)
    assert whole(place, "leader", f"{base}?whose=town") == (3, 3)


def test_what_nobody_dispatched_yet_or_is_sealed_is_in_no_list(place, clock):
    one, other = dispatched(place).case, dispatched(place).case
    Commitment.objects.filter(pk=one.commitment_id).update(visibility="sealed")
    Commitment.objects.filter(pk=other.commitment_id).update(state="received")
    clock.tick(timedelta(days=30))
    assert short(place, "leader")["late"][0] == 0


def test_a_list_without_a_name_or_with_a_foolish_key_is_none_or_its_first_page(place):
    client = place.client("leader")
    assert client.get(f"/{place.town.code}/work/list/persons/").status_code == 404
    for name in LISTS:
        url = f"/{place.town.code}/work/list/{name}/?after=x~y&whose=z"
        assert client.get(url).status_code == 200
