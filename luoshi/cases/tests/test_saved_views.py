"""Views of one's own: what they hold, that they are checked, and that they are own."""

import pytest

from luoshi.cases.actions import move_view, remove_view, rename_view, save_view
from luoshi.cases.actions.saved_views import MOST_VIEWS
from luoshi.cases.desk_queries import own_views, views_shown_to
from luoshi.cases.models import SavedView
from luoshi.cases.tests.test_main_job import dispatched
from luoshi.commitments.models import Category
from luoshi.commitments.queries import inbox
from luoshi.core.clock import now
from luoshi.core.models import TrailEntry
from luoshi.core.refusals import Refusal


def inbox_url(place, query=""):
    return f"/{place.town.code}/work/inbox/{query}"


def save(place, who="dispatcher", name="路", query="view=open"):
    url = inbox_url(place, "views/save/")
    return place.client(who).post(url, {"name": name, "query": query})


def names(place, who="dispatcher"):
    return [view.name for view in own_views(place.staff(who))]


def test_a_view_opens_what_was_chosen_and_counts_it(place):
    other = Category.objects.create(town=place.town, name="Water", term_amount=7)
    for _case in range(3):
        dispatched(place)
    query = f"organisation=&view=open&category={place.category.pk}&whose=town&after=x"
    assert save(place, query=query).status_code == 302
    save(place, name="水", query=f"category={other.pk}")
    kept = SavedView.objects.first()
    assert kept.query == f"view=open&category={place.category.pk}"
    assert TrailEntry.objects.filter(code="cases.view_saved").count() == 2
    shown = views_shown_to(place.staff("dispatcher"))
    assert [(one.key, one.count) for one in shown] == [("1", 3), ("2", 0)]
    page = place.client("dispatcher").get(inbox_url(place, f"?{kept.query}"))
    text = page.content.decode()
    assert f'href="?view=open&amp;category={place.category.pk}" data-key="1"' in text
    assert 'data-key="1" aria-current="page"' in text
    assert '<a href="?view=open">去掉' in text


def test_a_filter_that_is_gone_is_left_out_and_said_so(place):
    dispatched(place)
    query = f"view=open&category={place.category.pk}"
    save(place, query=query)
    place.category.retired_at = now()
    place.category.save(update_fields=["retired_at"])
    page = place.client("dispatcher").get(inbox_url(place, f"?{query}"))
    text = page.content.decode()
    assert "有1个条件已经不在了，没有用上：类别。" in text
    assert len(page.context["rows"]) == 1
    assert views_shown_to(place.staff("dispatcher"))[0].count == 1
    save(place, name="又一个", query=query)
    save(place, name="再一个", query="view=nothing&village=99999")
    assert names(place) == ["路"]


@pytest.mark.parametrize(
    "query", ["village=x", "whose=all", "category=-1", "a=b&view="]
)
def test_an_address_that_makes_no_sense_still_opens(place, query):
    page = place.client("handler").get(inbox_url(place, f"?{query}"))
    assert page.status_code == 200


def test_a_name_is_needed_once_and_short(place):
    for name in ("", "  ", "长" * 31):
        save(place, name=name)
    assert names(place) == []
    save(place)
    save(place)
    save(place, who="handler")
    assert (names(place), names(place, "handler")) == (["路"], ["路"])


def test_there_is_an_end_to_views(place):
    actor = place.staff("dispatcher")
    for number in range(MOST_VIEWS):
        save_view(name=str(number), query="view=open", actor=actor)
    with pytest.raises(Refusal):
        save_view(name="more", query="view=open", actor=actor)
    shown = views_shown_to(actor)
    assert [one.key for one in shown[7:11]] == ["8", "9", "", ""]
    assert [one.count for one in shown[7:11]] == [0, 0, None, None]


def test_views_are_renamed_put_in_order_and_removed(place):
    actor = place.staff("dispatcher")
    one, two, three = (
        save_view(name=name, query="view=open", actor=actor) for name in "一二三"
    )
    move_view(three.pk, down=False, actor=actor)
    move_view(one.pk, down=False, actor=actor)
    assert names(place) == ["一", "三", "二"]
    move_view(one.pk, down=True, actor=actor)
    assert names(place) == ["三", "一", "二"]
    with pytest.raises(Refusal):
        rename_view(two.pk, name="三", actor=actor)
    rename_view(two.pk, name="二二", actor=actor)
    remove_view(one.pk, actor=actor)
    assert names(place) == ["三", "二二"]
    save_view(name="四", query="view=open", actor=actor)
    assert names(place) == ["三", "二二", "四"]


@pytest.mark.parametrize("what", ["", "move/", "remove/"])
def test_nobody_touches_anothers_view(place, what):
    save(place)
    kept = SavedView.objects.get()
    url = inbox_url(place, f"views/{kept.pk}/{what}")
    asked = {"name": "x", "down": "yes"}
    assert place.client("handler").post(url, asked).status_code == 404
    assert SavedView.objects.get().name == "路"
    assert place.client("dispatcher").post(url, asked).status_code == 302


def test_a_count_stops_where_nobody_reads_on(place, monkeypatch):
    monkeypatch.setattr(inbox, "COUNT_UP_TO", 2)
    for _case in range(3):
        dispatched(place)
    save(place)
    assert views_shown_to(place.staff("dispatcher"))[0].count == 2


@pytest.mark.parametrize("path", ["inbox/?view=open", "dispatch/"])
def test_the_desk_needs_no_more_queries_for_more_rows(place, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from luoshi.cases.actions import receive_case
    from luoshi.core.actors import RESIDENT

    actor = place.staff("dispatcher")
    for number in range(9):
        save_view(name=str(number), query="view=open&whose=office", actor=actor)
    client, url = place.client("dispatcher"), f"/{place.town.code}/work/{path}"

    def more(count):
        for _case in range(count):
            dispatched(place)
            receive_case(
                town=place.town, text="路灯不亮", actor=RESIDENT, channel="web"
            )

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    for count in (3, 30):
        more(count)
        # What is kept in memory for some seconds may be let go during any one of them.
        # A full page needs no look into the later lights: one query fewer.
        assert min(asked() for _try in range(4)) <= QUERIES[path]


# One of them counts all that the navigation says; nine find what is alike (on
# PostgreSQL ten: it says which words are common), two what is proposed.
QUERIES = {"inbox/?view=open": 32, "dispatch/": 27}
