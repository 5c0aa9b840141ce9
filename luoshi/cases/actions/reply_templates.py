"""Replies to begin from: added, changed and retired by those who use them."""

from dataclasses import dataclass

from django.db import transaction

from luoshi.cases import rules
from luoshi.cases.models import ReplyTemplate
from luoshi.cases.placeholders import tidy_braces, unknown_in
from luoshi.core.actors import Staff
from luoshi.core.clock import now
from luoshi.core.refusals import NotAllowed, Refusal
from luoshi.core.trail import record

FIELDS = ("title", "text", "organisation_id")


@dataclass(frozen=True)
class TemplateTold:
    """What is said of a template; without an office it is every office's."""

    title: str
    text: str
    organisation_id: int | None = None


def _checked(told: TemplateTold, actor: Staff, but: int = 0) -> TemplateTold:
    """Return it tidied; refuse what could not be filled in or is there already."""
    if not rules.may_keep_template(actor, told.organisation_id):
        raise NotAllowed("cases.template_not_yours")
    title, text = told.title.strip(), tidy_braces(told.text).strip()
    if not title or not text:
        raise Refusal("cases.template_empty")
    unknown = unknown_in(text)
    if unknown:
        raise Refusal("cases.placeholder_unknown", named=unknown)
    in_use = ReplyTemplate.objects.filter(title=title, retired_at=None)
    if in_use.exclude(pk=but).exists():
        raise Refusal("core.name_taken", name=title)
    return TemplateTold(title, text, told.organisation_id)


@transaction.atomic(durable=True)
def add_reply_template(told: TemplateTold, *, actor: Staff) -> ReplyTemplate:
    """Keep a reply to begin from."""
    told = _checked(told, actor)
    template = ReplyTemplate(
        town=actor.town, **{name: getattr(told, name) for name in FIELDS}
    )
    template.save(force_insert=True)
    record(template, "cases.template_added", actor=actor, title=told.title)
    return template


def _lock(template_id: int, actor: Staff) -> ReplyTemplate:
    rows = ReplyTemplate.objects.select_for_update()
    template = rows.get(pk=template_id, retired_at=None)
    if not rules.may_change_template(actor, template):
        raise NotAllowed("cases.template_not_yours")
    return template


@transaction.atomic(durable=True)
def change_reply_template(
    template_id: int, told: TemplateTold, *, actor: Staff
) -> ReplyTemplate:
    """Change what replies begin with from now on; what was sent stays."""
    template = _lock(template_id, actor)
    told = _checked(told, actor, but=template_id)
    changed = [one for one in FIELDS if getattr(template, one) != getattr(told, one)]
    if not changed:
        return template
    for name in changed:
        setattr(template, name, getattr(told, name))
    template.save(update_fields=changed)
    record(template, "cases.template_changed", actor=actor, title=told.title)
    return template


@transaction.atomic(durable=True)
def retire_reply_template(template_id: int, *, actor: Staff) -> ReplyTemplate:
    """Offer a template no more."""
    template = _lock(template_id, actor)
    template.retired_at = now()
    template.save(update_fields=["retired_at"])
    record(template, "cases.template_retired", actor=actor, title=template.title)
    return template
