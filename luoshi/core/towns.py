"""Making a town and the people who work there."""

from django.core.cache import cache
from django.db import transaction
from django_scopes import scope

from luoshi.core.actors import OPERATOR, Actor
from luoshi.core.clock import now, today
from luoshi.core.models import Organisation, Person, Post, Tenure, Town, User
from luoshi.core.roles import role_labels
from luoshi.core.trail import record

KEEP_S = 10


def find_town(code: str) -> Town | None:
    """Return the town of an address; a change shows everywhere within ten seconds."""
    key = f"town:{code}"
    town = cache.get(key)
    if town is None:
        town = Town.objects.filter(code=code).first()
        cache.set(key, town, KEEP_S if town else 1)
    return town


def make_town(*, code: str, name: str, prefix: str) -> Town:
    """Make an empty town; ValidationError where a value cannot be one."""
    town = Town(code=code, name=name, prefix=prefix, created_at=now())
    town.full_clean()
    town.save(force_insert=True)
    return town


@transaction.atomic(durable=True)
def add_person(
    town: Town,
    *,
    username: str,
    password: str,
    name: str,
    office: str,
    title: str,
    roles: list[str],
    actor: Actor = OPERATOR,
) -> User:
    """Make a person with an account and a post in an office, made where missing."""
    unknown = set(roles) - set(role_labels())
    if unknown:
        raise ValueError(f"There is no role {', '.join(sorted(unknown))}.")
    with scope(town=town):
        organisation, _made = Organisation.objects.get_or_create(town=town, name=office)
        post = Post.objects.create(
            town=town, organisation=organisation, title=title, roles=roles
        )
        person = Person.objects.create(town=town, name=name)
        Tenure.objects.create(town=town, post=post, person=person, since=today())
        user = User.objects.create_user(username, password)
        user.person = person
        user.save(update_fields=["person"])
        record(post, "core.post_given", actor=actor, person=name, post=title)
    return user
