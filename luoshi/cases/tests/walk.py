"""Every address of the project: who may open it, and how its parts are filled in."""

from django.urls import get_resolver, reverse

from luoshi.cases.actions import make_paper
from luoshi.cases.models import ReplyTemplate
from luoshi.cases.tests.walk_alerts import ALERTS
from luoshi.cases.tests.walk_asked import ASKED, known_of
from luoshi.cases.tests.walk_facilities import FACILITIES
from luoshi.cases.tests.walk_projects import PROJECT_PAGES
from luoshi.core.models import Tenure
from luoshi.papers.models import Paper

ANYBODY, STAFF = "anybody", "staff"
# Address name -> who gets in (200 or 302) with GET; the rest see 403 or 404.
ADMINISTRATOR = {"administrator"}
# Who works with papers; the discipline office and who is named for minors do not.
BRING = {
    *("dispatcher", "handler", "colleague", "water", "inspector", "leader"),
    *("releaser", "administrator"),
}
WALK = {
    **ASKED,
    "core:health": ANYBODY,
    "core:sign-in": ANYBODY,
    "portal:towns": ANYBODY,
    "portal:front": ANYBODY,
    "cases:report": ANYBODY,
    "cases:where": ANYBODY,
    "cases:contact": ANYBODY,
    "cases:check": ANYBODY,
    "cases:track": ANYBODY,
    "cases:join": ANYBODY,
    "short:code": ANYBODY,
    "core:password": STAFF,
    "manage:people": ADMINISTRATOR,
    "manage:add-post": ADMINISTRATOR,
    "manage:end-post": ADMINISTRATOR,
    "manage:hand-over": ADMINISTRATOR,
    # Only with an office of the town.
    "manage:hand-over-pairs": set(),
    "manage:hand-over-posts": ADMINISTRATOR,
    # Only where something was handed over.
    "manage:handed-over": set(),
    "manage:villages": ADMINISTRATOR,
    "manage:join": ADMINISTRATOR,
    # Only where villages became one.
    "manage:joined": set(),
    "manage:part": set(),
    "archive:home": {"archivist"},
    "archive:begin": set(),
    # Only where a package was made, and a term is over.
    "archive:package": set(),
    "archive:go-on": set(),
    "archive:fetch": set(),
    "archive:waiting": {"archivist"},
    "archive:choose": set(),
    "archive:terms": {"archivist"},
    "archive:due": {"archivist"},
    "archive:appraise": set(),
    "manage:groups": set(),
    "manage:population": ADMINISTRATOR,
    "manage:population-example": ADMINISTRATOR,
    "manage:population-look": set(),
    "manage:places": ADMINISTRATOR,
    "manage:places-bring": ADMINISTRATOR,
    "manage:places-bring-example": ADMINISTRATOR,
    "manage:places-bring-look": set(),
    "manage:place-remove": set(),
    "manage:population-table": ADMINISTRATOR,
    "manage:population-sheet": ADMINISTRATOR,
    "manage:offices": ADMINISTRATOR,
    "manage:calendar": ADMINISTRATOR,
    "manage:settings": ADMINISTRATOR,
    "manage:robot": ADMINISTRATOR,
    "manage:email": STAFF,
    "emergency:emergency": STAFF,
    "emergency:declare": {"leader"},
    # Only while one is on.
    "emergency:end": set(),
    "roster:roster": STAFF,
    "roster:now": STAFF,
    "roster:sheet": STAFF,
    "roster:calendar": STAFF,
    "roster:bring": ADMINISTRATOR,
    "roster:bring-example": ADMINISTRATOR,
    "roster:bring-look": set(),
    # Only of a shift that is there.
    "roster:swap": set(),
    "roster:confirm": set(),
    "catalogue:categories": ADMINISTRATOR,
    "catalogue:category": ADMINISTRATOR,
    "catalogue:path": ADMINISTRATOR,
    "catalogue:remove-path": set(),
    "catalogue:deputies": STAFF,
    "catalogue:end-deputy": set(),
    "catalogue:duties": STAFF,
    "catalogue:rules": ADMINISTRATOR,
    "catalogue:bring": ADMINISTRATOR,
    "catalogue:bring-example": ADMINISTRATOR,
    "catalogue:bring-look": set(),
    "catalogue:off": set(),
    "catalogue:on": set(),
    "catalogue:remove-duty": set(),
    "manage:reset": set(),
    "manage:reset-factor": set(),
    "core:code": set(),
    "core:enrol": set(),
    "core:enrol-picture": set(),
    "work:today": STAFF,
    "work:inbox": STAFF,
    "work:search": STAFF,
    "work:keys": STAFF,
    "work:many": set(),
    "work:sheet": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:templates": STAFF,
    "work:template": {"dispatcher", "handler", "colleague"},
    "work:retire-template": set(),
    "work:views": STAFF,
    "work:save-view": set(),
    "work:rename-view": set(),
    "work:move-view": set(),
    "work:remove-view": set(),
    "work:dispatch": {"dispatcher"},
    "work:enter": {"dispatcher"},
    "work:import": {"dispatcher", "administrator"},
    "work:entered": {"dispatcher"},
    "work:orders": {"dispatcher", "administrator"},
    "work:orders-paste": {"dispatcher", "administrator"},
    "work:orders-system": {"dispatcher", "administrator"},
    "work:orders-look": set(),
    "work:there": {"dispatcher", "handler", "colleague"},
    "work:there-off": set(),
    # Only of a matter that has one.
    "work:order-reply": set(),
    "work:case": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:step": {"handler", "colleague"},
    "work:erase": {"dispatcher"},
    "work:merge": {"dispatcher"},
    "work:unmerge": set(),
    "work:split": {"dispatcher"},
    "work:document-new": {"dispatcher", "leader"},
    "work:document": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:document-word": {
        "dispatcher",
        "handler",
        "colleague",
        "inspector",
        "leader",
        "releaser",
    },
    "work:document-cancel": set(),
    "work:document-release": set(),
    "papers:register": BRING,
    "papers:scans": BRING,
    "papers:file": set(),
    "papers:drop": set(),
    "papers:take-out": set(),
    "papers-manage:templates": ADMINISTRATOR,
    "papers-manage:template": ADMINISTRATOR,
    "papers-manage:file": ADMINISTRATOR,
    "papers-manage:retire": set(),
    "genuine:paper": ANYBODY,
    "printed:paper": ANYBODY,
    "work:papers": STAFF,
    # Only the paper of a post that one may read.
    "work:paper": set(),
    "work:seal": {"dispatcher", "handler", "colleague", "inspector", "leader"},
    "work:sealed": {"discipline", "minors"},
    "work:sealed-days": ADMINISTRATOR,
    "work:sealed-one": set(),
    "work:sealed-read": set(),
    "work:sealed-note": set(),
    "work:sealed-done": set(),
    "work:sealed-open": set(),
    "work:figures": {"dispatcher", "inspector", "leader"},
    "work:behind": set(),
    "work:city-figures": {"dispatcher", "inspector", "leader"},
    "work:city-remove": set(),
    "work:city-bring": set(),
    "work:exports": STAFF,
    "work:export-inbox": set(),
    "work:export-search": set(),
    "work:export-figure": set(),
    "work:release-queue": {"releaser"},
    "work:publish": {"releaser"},
    "work:withdraw": set(),
    "work:seen": set(),
    "work:poster": STAFF,
    "cases:ledger": ANYBODY,
    "cases:data": ANYBODY,
    "cases:data-csv": ANYBODY,
    "cases:data-xlsx": ANYBODY,
    "cases:data-json": ANYBODY,
    "cases:village": ANYBODY,
    "cases:published": set(),
    "cases:still-broken": set(),
    "cases:withdraw": set(),
    "cases:take-back": set(),
    # Only with a code that this browser gave, or only by POST, or only what waits.
    "cases:receipt": set(),
    "cases:code": set(),
    "cases:tracking": set(),
    "cases:other": set(),
    "cases:add": set(),
    "cases:judge": set(),
    "cases:correct": set(),
    "town:file": set(),
    "work:dispatch-one": set(),
    "work:support": set(),
    "work:import-look": set(),
    "work:import-progress": set(),
    "work:import-rejects": set(),
    "core:sign-out": set(),
    # In development only.
    "ui:gallery": set(),
    "ui:language": set(),
    "ui:size": set(),
    "work:put-away": set(),
    "work:leader": {"leader"},
    "work:inspector": {"inspector"},
    "work:attention": {"leader", "inspector"},
    # Only what was drawn, and nobody looked at yet.
    "work:sample": set(),
    "work:unreached": STAFF,
    "work:send-again": set(),
    "work:told": set(),
    "work:reply": set(),
    "work:note": set(),
    "work:write-down": set(),
    "work:contact": set(),
    "work:release": set(),
    "work:not-reached": set(),
    **ALERTS,
    "topics:topics": {"dispatcher", "leader", "inspector"},
    # Only of a topic that is there.
    "topics:topic": set(),
    "topics:rename": set(),
    "topics:chosen": set(),
    "topics:put-in": set(),
    "topics:into": set(),
    "topics:act": set(),
    **FACILITIES,
    "answers:proposals": ANYBODY,
    "answers:led": ANYBODY,
    # Only of a consultation that is there.
    "opinions:opinions": set(),
    "opinions:polis": set(),
    "opinions:excel": set(),
    "opinions_work:opinions": set(),
    "opinions_work:polis": set(),
    "opinions_work:excel": set(),
    "opinions_work:bring": {
        *("dispatcher", "handler", "colleague", "water", "leader"),
    },
    # Only of files that were uploaded.
    "opinions_work:look": set(),
    "pledges:led": STAFF,
    "pledges:names": set(),
    "pledges:remove": set(),
    "pledges:proposals": STAFF,
    "pledges:enter": {"dispatcher"},
    "pledges:answer": set(),
    "pledges:withdraw": set(),
    **PROJECT_PAGES,
}


def names():
    """Return every named address of the project."""
    found = set()
    for namespace, (_prefix, resolver) in _namespaces():
        found |= {
            f"{namespace}:{name}"
            for name in resolver.reverse_dict
            if isinstance(name, str)
        }
    return found


def _namespaces():
    return get_resolver().namespace_dict.items()


def address(name, place, case):
    known = {
        "town": place.town.code,
        "number": 1 if name.startswith(("projects:", "choose:")) else case.number,
        "name": "take",
        "stored_name": "no.jpg",
        "support_id": 1,
        "notice_id": 1,
        "sample_id": 1,
        "proposal_id": 1,
        "led_id": 1,
        "alert_id": 1,
        "line_id": 1,
        "shelter_id": 1,
        "roster_id": 1,
        "what": "calls",
        "list_name": "late",
        "order_id": 1,
        "file_id": 1,
        "figure_id": 1,
        "village_id": place.village.pk,
        "named_place_id": 1,
        "tenure_id": Tenure.objects.earliest("pk").pk,
        "user_id": 1,
        "handover_id": 1,
        "merge_id": 1,
        "package_id": 1,
        "entry_id": 1,
        "year": 2026,
        "pair_id": 1,
        "category_id": place.category.pk,
        "duty_id": 1,
        "rule_id": 1,
        "deputy_id": 1,
        "view_id": 1,
        "shift_id": 1,
        "matter_id": 1,
        "template_id": template_of(place).pk,
        "job": "x" * 22,
        "code": "12345" if name.startswith("work:orders") else "00000000",
        "kind": "assignment",
        "scan_id": 1,
        "topic": 1,
        **{"cycle_id": 1, "election_id": 1, "batch_id": 1, "booth_id": 1},
        **{"asset_id": 1, "plan_id": 1, "job_id": 1},
        "kind_id": 1,
        "system": "wgs84",
        "order": "longitude",
    }
    if name.startswith(("consultations:", "asked:", "posted:")):
        known |= known_of(place)
    if name.startswith(("work:document", "genuine:", "printed:")):
        paper = paper_of(place, case)
        known |= {"paper_id": paper.pk, "code": paper.code}
    if name.startswith("opinions"):
        known["number"] = 1
    if name.startswith("consultations-manage:"):
        known["code"] = "ordinary"
    resolver = get_resolver().namespace_dict[name.split(":")[0]]
    prefix, inner = resolver
    keys = set(inner.reverse_dict.getlist(name.split(":")[1])[0][0][0][1])
    if "%(town)s" in prefix or name.split(":")[0] in (
        *("cases", "work", "town", "manage", "catalogue"),
        *("pledges", "answers", "alerts", "heard", "emergency"),
        *("archive", "roster", "papers", "papers-manage", "genuine"),
        *("topics", "projects", "choose", "vote", "upkeep", "upkeep-manage"),
        *("assets", "consultations", "consultations-manage", "asked"),
        *("opinions", "opinions_work"),
    ):
        keys.add("town")
    return reverse(name, kwargs={key: known[key] for key in keys})


def template_of(place):
    """Return a reply template of the roads' office."""
    kept, _made = ReplyTemplate.objects.get_or_create(
        town=place.town, title="x", text="y", organisation=place.office("Roads")
    )
    return kept


def paper_of(place, case):
    """Return an assignment sheet of a case, unless it is sealed."""
    found = Paper.objects.filter(case_id=case.pk).first()
    return found or make_paper(
        case.pk, kind="assignment", words="", actor=place.staff("dispatcher")
    )
