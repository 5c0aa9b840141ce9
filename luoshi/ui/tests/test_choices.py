"""Language and size: cookies that lead back to the same page and nowhere else."""

import pytest
from django.test import Client

from luoshi.ui.wording import mask_name

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("target", "expected"),
    [("/sign-in/", "/sign-in/"), ("https://example.org/", "/"), ("//x.org", "/")],
)
def test_a_choice_leads_back_and_to_no_other_host(target, expected):
    answer = Client().post("/ui/size/", {"size": "largest", "next": target})
    assert answer.headers["Location"] == expected
    assert answer.cookies["size"].value == "largest"


def test_an_unknown_choice_is_the_usual_one():
    answer = Client().post("/ui/language/", {"language": "xx", "next": "/"})
    assert answer.cookies["language"].value == "zh-hans"


def test_chinese_comes_first_whatever_the_browser_asks_for():
    page = Client().get("/sign-in/", headers={"Accept-Language": "en"})
    assert "登录" in page.content.decode()
    assert page.headers["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    ("name", "masked"), [("王建国", "王*国"), ("王国", "王*"), ("𠮷", "*"), ("", "")]
)
def test_names_are_masked(name, masked):
    assert mask_name(name) == masked
