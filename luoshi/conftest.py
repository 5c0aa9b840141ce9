"""What every test may ask for: a town, its people, and a clock that stands."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import caches
from django.test import Client
from django_scopes import scope
from django_scopes.state import state
from hypothesis import HealthCheck, settings

from luoshi.commitments.models import Category
from luoshi.core.actors import Staff
from luoshi.core.clock import Frozen, at
from luoshi.core.models import Organisation, Person, Town, Village
from luoshi.core.staff import staff_of_person
from luoshi.core.towns import add_person, make_town

# A busy machine is slow, and no test may fail of that.
settings.register_profile(
    "patient", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")

PASSWORD = "a-long-password"
# role and office of each person in the test town
PEOPLE = {
    "dispatcher": "Centre",
    "handler": "Roads",
    "colleague": "Roads",
    "water": "Water",
    "inspector": "Audit",
    "leader": "Leadership",
    "releaser": "Office",
    "administrator": "Office",
    "discipline": "Discipline",
    "minors": "Care",
    "archivist": "Records",
}
ROLES = {"colleague": "handler", "water": "handler"}


class Browser(Client):
    """A browser whose requests open their own scope, as the server's do."""

    def request(self, **request):
        """Answer outside the scope in which the test stands."""
        token = state.set(None)
        try:
            return super().request(**request)
        finally:
            state.reset(token)


@dataclass
class TestTown:
    """A town with one person for each role."""

    __test__ = False
    town: Town
    village: Village
    category: Category

    def staff(self, who: str) -> Staff:
        """Return a person with today's powers."""
        return staff_of_person(Person.objects.get(account__username=self.name(who)))

    def name(self, who: str) -> str:
        """Return the account of a person."""
        return f"{self.town.code}-{who}"

    def office(self, name: str) -> Organisation:
        """Return an office."""
        return Organisation.objects.get(name=name)

    def client(self, who: str) -> Browser:
        """Return a browser in which a person is signed in."""
        client = Browser()
        user = Person.objects.get(account__username=self.name(who)).account
        client.force_login(user)
        return client


def build_town(code: str) -> TestTown:
    """Make a town in which a case can be played."""
    town = make_town(code=code, name=code, prefix=code[:2].upper())
    # Nothing is left to chance but where a test asks for it.
    town.rules = {"samples": {"work": 0, "other": 0}}
    town.save(update_fields=["rules"])
    for who, office in PEOPLE.items():
        add_person(
            town,
            username=f"{code}-{who}",
            password=PASSWORD,
            name=who,
            office=office,
            title=who,
            roles=[ROLES.get(who, who)],
        )
    with scope(town=town):
        village = Village.objects.create(town=town, name="Qingxi")
        category = Category.objects.create(town=town, name="Roads", term_amount=7)
    return TestTown(town, village, category)


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Hash passwords quickly: a slow hash guards accounts, not tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def clock() -> Iterator[Frozen]:
    """Stand on Monday 2026-03-02 at nine, an ordinary workday."""
    with at("2026-03-02 09:00") as frozen:
        yield frozen


@pytest.fixture
def place(db, clock, settings, tmp_path) -> Iterator[TestTown]:
    """Give a town, inside its scope, with a folder of its own."""
    settings.DATA = tmp_path
    for cache in caches.all(initialized_only=False):
        cache.clear()
    built = build_town("qinghe")
    with scope(town=built.town):
        yield built
