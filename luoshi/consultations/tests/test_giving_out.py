"""Answers without names: nothing in the files leads back, small counts are left out."""

import csv
import io
import random
import zipfile

import numpy as np
import openpyxl
import pytest

from luoshi.consultations.maps.exporting import (
    anonymous_votes,
    excel_parts,
    polis_archive,
)
from luoshi.consultations.maps.making import make_maps
from luoshi.consultations.models import Consultation, Voter
from luoshi.consultations.tests.asked import bring, vectors
from luoshi.core.sheets.out import safe_cell
from luoshi.core.trail import entries_of
from luoshi.engines.opinion import read_export
from luoshi.engines.opinion.tests.made import blocs


def _files(consultation):
    with zipfile.ZipFile(io.BytesIO(polis_archive(consultation))) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _rows(data):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_what_goes_out_comes_in_again(place):
    voters, statements, votes = blocs(30, 20)
    made = bring(place, (voters, statements, votes))
    make_maps(place.town)
    out = _files(made)
    export = read_export(out)
    # The statements' own numbers begin at one.
    assert vectors(
        export.voters.tolist(), export.statements.tolist(), export.votes.tolist()
    ) == vectors(voters.tolist(), (statements + 1).tolist(), votes.tolist())
    assert export.topic == made.title and export.wordings[0].text == "意见0"
    assert "groups,2" in out["summary.csv"].decode()
    wide = read_export({"participants-votes.csv": out["participants-votes.csv"]})
    assert len(wide.votes) == len(export.votes)


def test_no_time_no_author_no_group_and_no_key(place):
    made = bring(place)
    make_maps(place.town)
    out = _files(made)
    votes = _rows(out["votes.csv"])
    assert {(row[0], row[1]) for row in votes[1:]} == {("0", "")}
    comments = _rows(out["comments.csv"])
    assert {row[3] for row in comments[1:]} == {""}
    wide = _rows(out["participants-votes.csv"])
    assert {row[1] for row in wide[1:]} == {""}
    whole = b"".join(out.values()).decode()
    for voter in Voter.objects.filter(consultation=made):
        assert voter.key not in whole
    with zipfile.ZipFile(io.BytesIO(polis_archive(made))) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_people_are_numbered_anew_for_each_file(place):
    voters, statements = np.divmod(np.arange(40 * 12), 12)
    votes = np.where((voters >> (statements % 6)) & 1, 1, -1)
    made = bring(place, (voters, statements, votes))

    def numbers(seed):
        told = anonymous_votes(made, random.Random(seed))
        return [tuple(told.value[told.row == row].tolist()) for row in range(40)]

    assert sorted(numbers(1)) == sorted(numbers(2)) and numbers(1) != numbers(2)
    assert anonymous_votes(made).voters == tuple(range(1, 41))


def test_what_fewer_than_ten_answered_is_only_summed(place):
    voters, statements, votes = blocs(30, 20)
    few = (statements == 7) & (voters >= 9)
    made = bring(place, (voters[~few], statements[~few], votes[~few]))
    told = anonymous_votes(made)
    assert 8 not in told.statements and len(told.statements) == 19
    comments = {row[2]: row[4:6] for row in _rows(_files(made)["comments.csv"])}
    assert sum(map(int, comments["8"])) == 9


@pytest.mark.parametrize("many", [0, 9])
def test_a_consultation_that_fewer_than_ten_answered_has_no_single_answers(place, many):
    votes = (np.repeat(np.arange(max(many, 1)), 3), [0, 1, 2] * max(many, 1))
    made = bring(place, (*votes, np.ones(3 * max(many, 1))))
    if not many:
        Voter.objects.filter(consultation=made).delete()
    assert len(anonymous_votes(made).value) == 0
    assert len(_rows(_files(made)["votes.csv"])) == 1
    assert b"".join(excel_parts(made))


def test_whose_answers_all_fall_away_leaves_no_gap(place):
    voters, statements, votes = blocs(30, 20)
    alone = (np.append(voters, 99), np.append(statements, 77), np.append(votes, 1))
    told = anonymous_votes(bring(place, alone))
    assert told.voters == tuple(range(1, 51))


def test_excel_has_a_line_for_each_answer_and_no_formula(place):
    texts = {n: f"=1+{n}" for n in range(20)}
    made = bring(place, texts=texts)
    book = openpyxl.load_workbook(io.BytesIO(b"".join(excel_parts(made))))
    rows = list(book.active.iter_rows(values_only=True))
    assert len(rows) == 1001
    assert {row[2] for row in rows[1:]} == {safe_cell(text) for text in texts.values()}
    assert {row[3] for row in rows[1:]} == {"赞同", "不赞同"}


def test_everybody_takes_them_once_it_is_closed(place):
    made, client = bring(place), place.client("inspector")
    url = f"/qinghe/consultations/{made.number}/opinions/"
    Consultation.objects.filter(pk=made.pk).update(state="open")
    for name in ("answers.zip", "answers.xlsx"):
        assert client.get(url + name).status_code != 200
    Consultation.objects.filter(pk=made.pk).update(state="closed")
    for name in ("answers.zip", "answers.xlsx"):
        answer = client.get(url + name)
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
        assert b"".join(answer)[:2] == b"PK"


def test_who_takes_too_many_waits(place):
    made, client = bring(place), place.client("inspector")
    url = f"/qinghe/consultations/{made.number}/opinions/answers.xlsx"
    codes = {client.get(url).status_code for _one in range(31)}
    assert codes > {200} and client.get(url).status_code != 200


def test_staff_take_them_at_any_time_and_it_is_written_down(place):
    made = bring(place)
    Consultation.objects.filter(pk=made.pk).update(state="open")
    url = f"/qinghe/work/consultations/{made.number}/opinions/answers.zip"
    assert place.client("archivist").post(url).status_code in (403, 404)
    assert place.client("inspector").get(url).status_code == 405
    assert [one.code for one in entries_of(made)] == ["consultations.brought"]
    assert place.client("inspector").post(url).status_code == 200
    codes = {one.code for one in entries_of(made)}
    assert codes == {"consultations.brought", "consultations.votes_given_out"}
