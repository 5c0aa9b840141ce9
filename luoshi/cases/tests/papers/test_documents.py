"""Papers through the pages: what stands on them, and who sees the answer."""

import io
import json

import pytest
from django.urls import reverse
from django.utils.translation import override
from docx import Document

from luoshi.cases.actions import (
    join_case,
    make_paper,
    receive_case,
    release_answer,
)
from luoshi.cases.actions.intake import code_of
from luoshi.cases.tests.papers.play import answer, assignment
from luoshi.cases.tests.papers.test_scans import page
from luoshi.cases.tests.test_main_job import awaiting, dispatched
from luoshi.commitments import actions
from luoshi.commitments.models import Commitment, PathRule
from luoshi.conftest import PEOPLE, Browser
from luoshi.core.actors import RESIDENT
from luoshi.core.files import files_of
from luoshi.core.models import Notice, TrailEntry
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.papers.actions import bring_page, cancel_paper
from luoshi.papers.models import Paper

NAME = "欧阳翡翠"


def word_text(response):
    document = Document(io.BytesIO(response.content))
    rows = [
        cell.text
        for table in document.tables
        for row in table.rows
        for cell in row.cells
    ]
    return "\n".join([*(one.text for one in document.paragraphs), *rows])


def resident(receipt):
    """Return a browser that gave the code of who told it."""
    client = Browser()
    client.get(reverse("short:code", args=[code_of(receipt.reporter)]))
    return client


def told(place, **more):
    return receive_case(
        **dict(town=place.town, text="路灯不亮", actor=RESIDENT, channel="web"),
        **dict(village=place.village, name=NAME, phone="13800001111", answer="sms"),
        **more,
    )


def worked(place, receipt):
    """Take a matter to where its judges are asked."""
    pk, handler = receipt.case.commitment_id, place.staff("handler")
    actions.dispatch_commitment(
        pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
        words="今天去看",
    )
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="三盏都换了", actor=handler)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    return receipt


def test_nothing_is_typed_twice(place):
    """The form begins with what was said at dispatch, and with what was handed in."""
    receipt = worked(place, told(place))
    base = f"/{place.town.code}/work/case/{receipt.case.number}/document"
    form = place.client("dispatcher").get(f"{base}/assignment/").content.decode()
    assert "今天去看" in form
    client = place.client("handler")
    assert client.get(f"{base}/supervision/").status_code == 404
    assert client.get(f"{base}/nothing/").status_code == 404
    assert "三盏都换了" in client.get(f"{base}/answer/").content.decode()
    assert client.post(f"{base}/answer/", {"words": " "}).status_code == 422
    made = client.post(f"{base}/answer/", {"words": "三盏都换了，亮了。"})
    paper = Paper.objects.get()
    assert made.headers["Location"].endswith(f"/document/{paper.pk}/")
    assert paper.addressee_id == receipt.reporter.pk
    case_page = client.get(f"/{place.town.code}/work/case/{receipt.case.number}/")
    assert paper.number in case_page.content.decode()


def test_the_leaders_word_stands_on_the_sheet(place):
    PathRule.objects.create(town=place.town, category=place.category, instruct=True)
    receipt = told(place)
    pk = receipt.case.commitment_id
    actions.dispatch_commitment(
        pk,
        organisation_id=place.office("Roads").pk,
        category_id=place.category.pk,
        actor=place.staff("dispatcher"),
    )
    actions.give_word(pk, words="今晚办好", actor=place.staff("leader"))
    stands = assignment(place, receipt).fields
    assert stands["领导批示"] == "今晚办好" and stands["拟办意见"] == ""
    assert stands["承办单位"] == "Roads" and stands["成文日期"] == "2026年3月2日"


def test_a_paper_is_chinese_whoever_makes_it(place):
    receipt = dispatched(place)
    with override("en"):
        stands = assignment(place, receipt).fields
    with override("zh-hans"):
        assert stands["来源"] == receipt.case.get_channel_display() == "网页"


def test_a_name_stands_only_where_it_was_asked_for_and_written_down(place):
    receipt = worked(place, told(place))
    paper = answer(place, receipt)
    assert NAME not in json.dumps(paper.fields, ensure_ascii=False)
    url = f"/{place.town.code}/work/document/{paper.pk}/word/"
    plain = place.client("handler").get(url)
    text = word_text(plain)
    assert NAME not in text and "＿＿" in text and paper.number in text
    assert "换了灯" in text and plain.headers["Cache-Control"] == "no-store"
    assert not TrailEntry.objects.filter(code="cases.contact_seen").exists()
    # The leader sees the matter, but not how to reach people.
    assert place.client("leader").get(url).status_code == 200
    assert place.client("leader").post(url).status_code == 404
    assert NAME in word_text(place.client("handler").post(url))
    assert TrailEntry.objects.filter(code="cases.contact_seen").count() == 1
    assert place.client("water").get(url).status_code == 404


@pytest.mark.parametrize("kind", ["assignment", "supervision", "answer"])
def test_who_makes_which_paper(place, kind):
    makes = {
        "assignment": {"dispatcher", "leader"},
        "supervision": {"inspector", "leader"},
        "answer": {"dispatcher", "handler", "colleague"},
    }[kind]
    receipt = awaiting(place)
    for who in PEOPLE:
        told = dict(kind=kind, words="三天内", actor=place.staff(who))
        if who in makes:
            make_paper(receipt.case.pk, **told)
        else:
            with pytest.raises(NotAllowed):
                make_paper(receipt.case.pk, **told)
    assert Paper.objects.filter(kind=kind).count() == len(makes)
    entries = TrailEntry.objects.filter(code=f"papers.made_{kind}")
    assert {one.person.name for one in entries} == makes


def test_an_answer_waits_until_somebody_else_accepted_the_work(place):
    receipt = dispatched(place)
    handler = place.staff("handler")
    told = dict(kind="answer", words="好了", actor=handler)
    with pytest.raises(NotAllowed):
        make_paper(receipt.case.pk, **told)
    pk = receipt.case.commitment_id
    actions.take_commitment(pk, actor=handler)
    actions.submit_commitment(pk, words="好了", actor=handler)
    with pytest.raises(NotAllowed):
        make_paper(receipt.case.pk, **told)
    actions.accept_commitment(pk, actor=place.staff("inspector"))
    assert make_paper(receipt.case.pk, **told).kind == "answer"


def test_only_whom_it_answers_sees_a_released_answer(place):
    receipt = told(place)
    neighbour = join_case(
        receipt.case.pk, form_token="n", actor=RESIDENT, words="我家也是"
    )
    worked(place, receipt)
    paper = answer(place, receipt)
    releaser = place.staff("releaser")
    with pytest.raises(Refusal) as refused:
        release_answer(paper.pk, actor=releaser)
    assert refused.value.code == "papers.no_scan_yet"
    bring_page(page(paper.code), actor=place.staff("handler"))
    [file] = files_of(paper.scans.get())
    track = f"/{place.town.code}/matter/"
    scan = reverse("town:file", args=[place.town.code, file.stored_name])
    # The neighbour told the same matter, and the letter is not for the neighbour.
    mine, other = resident(receipt), resident(neighbour)
    assert paper.number not in mine.get(track).content.decode()
    assert mine.get(scan).status_code == 404
    for who in set(PEOPLE) - {"releaser"}:
        with pytest.raises(NotAllowed):
            release_answer(paper.pk, actor=place.staff(who))
    url = f"/{place.town.code}/work/document/{paper.pk}/release/"
    assert place.client("handler").post(url).status_code == 404
    assert place.client("releaser").post(url).status_code == 302
    shown = mine.get(track).content.decode()
    assert paper.number in shown and file.stored_name in shown
    assert mine.get(scan).status_code == 200
    assert paper.number not in other.get(track).content.decode()
    assert other.get(scan).status_code == 404
    assert (
        Notice.objects.filter(code="cases.answer_on_paper", channel="sms").count() == 1
    )
    assert TrailEntry.objects.filter(code="papers.released").count() == 1
    with pytest.raises(Refusal) as refused:
        release_answer(paper.pk, actor=releaser)
    assert refused.value.code == "papers.released_already"
    cancel_paper(paper.pk, reason="写错了", actor=place.staff("dispatcher"))
    assert mine.get(scan).status_code == 404
    assert file.stored_name not in mine.get(track).content.decode()


def test_an_answer_is_for_one_of_those_who_asked(place):
    receipt = worked(place, told(place))
    stranger = awaiting(place)
    with pytest.raises(Refusal) as refused:
        make_paper(
            receipt.case.pk,
            kind="answer",
            words="好了",
            addressee_id=stranger.reporter.pk,
            actor=place.staff("handler"),
        )
    assert refused.value.code == "papers.addressee_unknown"


def test_a_code_says_whether_a_paper_is_genuine(place):
    paper = assignment(place)
    printed = reverse("printed:paper", args=[paper.code])
    page = Browser().get(printed, follow=True).content.decode()
    assert paper.number in page and "现在有效" in page and "路灯" not in page
    cancel_paper(paper.pk, reason="重了", actor=place.staff("dispatcher"))
    page = Browser().get(printed, follow=True).content.decode()
    assert "作废" in page and "重了" not in page
    staff = place.client("dispatcher").get(printed, follow=True)
    assert "路灯" in staff.content.decode()
    gone = Browser().get(reverse("printed:paper", args=["F" * 16]))
    assert gone.headers["Location"] == reverse("portal:towns")


def test_the_register_leaves_no_number_out_and_names_what_may_be_seen(place):
    first, second = assignment(place), assignment(place)
    cancel_paper(first.pk, reason="写错了", actor=place.staff("dispatcher"))
    url = f"/{place.town.code}/work/register/"
    page = place.client("dispatcher").get(url).content.decode()
    for paper in (first, second):
        assert paper.number in page and paper.commitment.number in page
    assert "已作废" in page and "写错了" in page
    # Another office sees the numbers, and of what no more.
    page = place.client("water").get(url).content.decode()
    assert second.number in page and second.commitment.number not in page
    assert "写错了" not in page
    page = place.client("dispatcher").get(f"{url}?kind=answer").content.decode()
    assert first.number not in page


@pytest.mark.parametrize("papers", [2, 12])
def test_a_longer_register_needs_no_more_queries(
    place, papers, django_assert_max_num_queries
):
    receipt = dispatched(place)
    for _time in range(papers):
        assignment(place, receipt)
    client = place.client("dispatcher")
    url = f"/{place.town.code}/work/register/"
    client.get(url)
    with django_assert_max_num_queries(25):
        client.get(url)


def test_papers_of_a_merged_matter_stay_on_its_page(place):
    first, second = dispatched(place), dispatched(place)
    paper = assignment(place, second)
    actions.merge_commitments(
        second.case.commitment_id,
        head_id=first.case.commitment_id,
        actor=place.staff("dispatcher"),
    )
    assert Commitment.objects.get(pk=paper.commitment_id).ending == "merged"
    url = f"/{place.town.code}/work/case/{second.case.number}/"
    assert paper.number in place.client("dispatcher").get(url).content.decode()
