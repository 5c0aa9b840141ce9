"""Whether single keys do something on a person's pages."""

from django.db import transaction

from luoshi.core.actors import Staff
from luoshi.core.models import User
from luoshi.core.trail import record


@transaction.atomic(durable=True)
def set_own_keys(*, on: bool, actor: Staff) -> User:
    """Switch one's own shortcuts on or off, on every machine (WCAG 2.1.4)."""
    user = User.objects.select_for_update().get(person=actor.person)
    if user.shortcuts != on:
        user.shortcuts = on
        user.save(update_fields=["shortcuts"])
        record(actor.person, "core.keys_set", actor=actor, on=on)
    return user
