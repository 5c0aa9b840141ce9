"""Posts are given and ended; nobody leaves open work behind."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from luoshi.core.actors import Actor, Staff
from luoshi.core.clock import now, today
from luoshi.core.hooks import hand_over_all, open_work
from luoshi.core.models import Organisation, Person, Post, Tenure, User
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.roles import ADMINISTRATOR, role_labels
from luoshi.core.trail import record


def check_administrator(actor: Actor) -> None:
    """Let only administrators of the town change it."""
    if not isinstance(actor, Staff) or not actor.has(ADMINISTRATOR):
        raise NotAllowed("core.administrators_only")


@dataclass(frozen=True)
class Given:
    """A post given; `password` is there for a new account only, shown once."""

    person: Person
    username: str
    password: str


@transaction.atomic(durable=True)
def give_post(
    *,
    organisation_id: int,
    title: str,
    roles: list[str],
    actor: Staff,
    person_id: int | None = None,
    name: str = "",
    username: str = "",
    oversees: Any = (),
) -> Given:
    """Give a post to somebody who is there, or to a new person with an account."""
    check_administrator(actor)
    unknown = set(roles) - set(role_labels())
    if unknown:
        raise Refusal("core.no_such_role")
    organisation = Organisation.objects.get(pk=organisation_id)
    if person_id is None:
        given = new_person(actor, name, username)
    else:
        given = Given(Person.objects.get(pk=person_id, left_at=None), "", "")
    post = Post.objects.create(
        town=actor.town, organisation=organisation, title=title, roles=roles
    )
    post.oversees.set(oversees)
    Tenure.objects.create(
        town=actor.town, post=post, person=given.person, since=today()
    )
    record(post, "core.post_given", actor=actor, person=given.person.name, post=title)
    return given


def new_person(actor: Staff, name: str, username: str) -> Given:
    """Make a person with an account whose first password is shown once."""
    if not name.strip() or not username.strip():
        raise Refusal("core.name_missing")
    if User.objects.filter(username=username.strip()).exists():
        raise Refusal("core.username_taken", username=username.strip())
    person = Person.objects.create(town=actor.town, name=name.strip())
    password = secrets.token_urlsafe(9)
    user = User.objects.create_user(username.strip(), password)
    user.person, user.must_change_password = person, True
    user.save(update_fields=["person", "must_change_password"])
    return Given(person, user.username, password)


@transaction.atomic(durable=True)
def end_post(
    tenure_id: int, *, actor: Staff, successor_id: int | None = None
) -> Tenure:
    """End a post; the last one takes the account away and hands open work over."""
    check_administrator(actor)
    tenure = Tenure.objects.select_for_update().get(pk=tenure_id, until=None)
    person, at = tenure.person, now()
    if person.pk == actor.person.pk:
        raise Refusal("core.not_oneself")
    last = not person.tenures.filter(until=None).exclude(pk=tenure.pk).exists()
    if last and open_work(person):
        if successor_id is None or successor_id == person.pk:
            raise Refusal("core.work_left", count=open_work(person))
        taker = Person.objects.get(pk=successor_id, left_at=None)
        hand_over_all(person, taker, actor)
    tenure.until = max(today(), tenure.since)
    tenure.save(update_fields=["until"])
    if last:
        person.left_at = at
        person.save(update_fields=["left_at"])
        User.objects.filter(person=person).update(is_active=False)
    record(
        tenure.post,
        "core.post_ended",
        actor=actor,
        person=person.name,
        post=tenure.post.title,
    )
    return tenure
