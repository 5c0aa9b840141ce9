"""The only doors through which a case enters a view."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django_scopes import scopes_disabled

from luoshi.cases import rules
from luoshi.cases.codes import tidy
from luoshi.cases.models import (
    Case,
    CityFigure,
    Order,
    Publication,
    ReplyTemplate,
    Reporter,
    SealedMatter,
)
from luoshi.cases.on_paper import may_see_scan
from luoshi.cases.orders.reply import orders_under
from luoshi.cases.queries import cases_visible_to
from luoshi.cases.recordings import is_own_voice
from luoshi.cases.sealed_queries import file_for_keepers, kept_by
from luoshi.cases.voices import other_voice
from luoshi.commitments.models import Commitment, Sample
from luoshi.commitments.models.commitment import Visibility
from luoshi.commitments.rules import may_be_withdrawn, may_look
from luoshi.core.actors import Staff
from luoshi.core.models import Notice, StoredFile, Town
from luoshi.core.secrets import keyed_hash
from luoshi.core.tally import count_of, count_up

TRIES = 5
PAUSE_S = 600
GRANT = "tracking"


class WrongCode(Exception):
    """No case has this code."""


class TooManyTries(Exception):
    """Too many wrong codes from one network; wait ten minutes."""


def open_case(
    staff: Staff, number: str, to: Callable[[Staff, Case], bool] | None = None
) -> Case:
    """Return a case that this person may see; hidden and missing look alike."""
    case = (
        cases_visible_to(staff)
        .select_related(
            "village",
            "group",
            "entered_by",
            "commitment__town",
            "commitment__village",
            "commitment__owner",
            "commitment__owner_organisation",
            "commitment__category",
            "commitment__handback",
            "commitment__parent__owner_organisation",
            "split_from",
        )
        .filter(number=number)
        .first()
    )
    if case is None or (to is not None and not to(staff, case)):
        raise Http404
    return case


def open_city_figure(staff: Staff, figure_id: int) -> CityFigure:
    """Return a published figure that this person may put right, else 404."""
    figure = CityFigure.objects.filter(town=staff.town, pk=figure_id).first()
    if figure is None or not rules.may_keep_city_figures(staff):
        raise Http404
    return figure


def open_sample(staff: Staff, sample_id: int) -> Sample:
    """Return a sample that this person may look at, and nobody looked at, else 404."""
    sample = (
        Sample.objects.filter(pk=sample_id, looked_at=None)
        .exclude(commitment__visibility=Visibility.SEALED)
        .select_related("commitment")
        .first()
    )
    if sample is None or not may_look(staff, sample.commitment):
        raise Http404
    return sample


def open_notice(case: Case, notice_id: int) -> Notice:
    """Return a notice of a case that was opened, else 404."""
    notice = Notice.objects.filter(
        pk=notice_id,
        subject_kind=Commitment._meta.label_lower,
        subject_id=case.commitment_id,
    ).first()
    if notice is None:
        raise Http404
    return notice


def open_order(case: Case, order_id: int) -> Order:
    """Return an order of a case that was opened, else 404."""
    found = [one for one in orders_under(case.commitment) if one.pk == order_id]
    if not found:
        raise Http404
    return found[0]


def open_matter(staff: Staff, matter_id: int) -> SealedMatter:
    """Return a sealed matter that this person keeps, else 404."""
    matter = kept_by(staff).filter(pk=matter_id).first()
    if matter is None:
        raise Http404
    return matter


def open_template(staff: Staff, template_id: int) -> ReplyTemplate:
    """Return a reply template that this person may change, else 404."""
    rows = ReplyTemplate.objects.filter(pk=template_id, retired_at=None)
    template = rows.first()
    if template is None or not rules.may_change_template(staff, template):
        raise Http404
    return template


def reporter_by_code(town: Town, text: str, network: str) -> Reporter:
    """Return who holds a tracking code; wrong codes are counted by network."""
    _check_tries(network)
    code = tidy(text, town.prefix)
    found = None
    if code:
        code_hash = keyed_hash(code, town_id=town.pk, purpose="code")
        found = Reporter.objects.filter(town=town, code_hash=code_hash).first()
    return _counted(found, network)


def _check_tries(network: str) -> None:
    if count_of(f"wrong-code:{network}", PAUSE_S) >= TRIES:
        raise TooManyTries


def _counted(found: Reporter | None, network: str) -> Reporter:
    """Return what was found; count a wrong code against its network."""
    if found is None:
        count_up(f"wrong-code:{network}", PAUSE_S)
        raise WrongCode
    return found


def grant(response: HttpResponse, reporter: Reporter) -> HttpResponse:
    """Let this browser see the reporter's case, without the code in an address.

    A signed cookie that ends with the browser: the server keeps no list of who
    looked something up.
    """
    response.set_signed_cookie(
        GRANT,
        str(reporter.pk),
        salt=GRANT,
        httponly=True,
        samesite="Lax",
        secure=settings.SECURE,
    )
    return response


def granted_id(request: HttpRequest) -> int:
    """Return the id in the browser's grant; 0 without one, or with a forged one."""
    kept = request.get_signed_cookie(GRANT, default=None, salt=GRANT)
    return int(kept) if kept else 0


def granted_reporter(request: HttpRequest) -> Reporter:
    """Return the reporter whose code this browser gave, else 404."""
    reporter = Reporter.objects.filter(pk=granted_id(request)).first()
    if reporter is None:
        raise Http404
    return reporter


def granted_to_withdraw(request: HttpRequest) -> Reporter:
    """Return the reporter of this browser's code, if the matter can end, else 404."""
    reporter = granted_reporter(request)
    if reporter.case.is_sealed or not may_be_withdrawn(reporter.case.commitment):
        raise Http404
    return reporter


def granted_other(request: HttpRequest, number: str) -> Reporter:
    """Return the voice in another matter of who gave a code here, else 404."""
    return other_voice(granted_reporter(request), number)


def may_see_file(request: HttpRequest, file: StoredFile) -> bool:
    """Staff who see the case, and the reporter whose code was given, see its files."""
    cases = _cases_of(file)
    staff: Staff | None = getattr(request, "staff", None)
    if file.sealed:
        return staff is not None and file_for_keepers(staff, file)
    if file.owner_kind == "papers.paperscan":
        return may_see_scan(staff, granted_id(request), file)
    if staff is not None:
        return cases_visible_to(staff).filter(pk__in=cases.values("pk")).exists()
    if not cases.filter(reporters__pk=granted_id(request)).exists():
        return False
    # A photo of the hole is everybody's who reported it; a voice is one person's.
    return not _is_voice(file) or is_own_voice(granted_reporter(request), file)


def _is_voice(file: StoredFile) -> bool:
    """Tell whether a file is a recording of somebody who is no staff, or a note's."""
    from_town = ("commitments.evidence", "commitments.commitment")
    audio = file.kind == StoredFile.Kind.AUDIO
    return file.owner_kind == "cases.note" or (
        audio and file.owner_kind not in from_town
    )


def _cases_of(file: StoredFile) -> QuerySet[Case]:
    """Return the cases to which a file belongs; evidence is of all under the head."""
    match file.owner_kind:
        case "cases.case":
            return Case.objects.filter(pk=file.owner_id)
        case "cases.reply":
            return Case.objects.filter(replies__pk=file.owner_id)
        case "cases.note":
            return Case.objects.filter(notes__pk=file.owner_id)
        case "cases.reporter":
            return Case.objects.filter(reporters__pk=file.owner_id)
        case "commitments.verdict":
            return Case.objects.filter(commitment__verdicts__pk=file.owner_id)
        case "commitments.evidence":
            return Case.objects.filter(commitment__evidence__pk=file.owner_id)
        case "commitments.commitment":
            return Case.objects.filter(commitment_id=file.owner_id)
    return Case.objects.none()


def may_see_published(request: HttpRequest, file: StoredFile) -> bool:
    """Everybody sees what is public, and nobody what was taken off."""
    return Publication.objects.filter(pk=file.owner_id, withdrawn_at=None).exists()


def find_by_short_code(code: str, network: str) -> Reporter:
    """Return the reporter of a printed code, whichever town it belongs to."""
    _check_tries(network)
    with scopes_disabled():
        for town in Town.objects.all():
            code_hash = keyed_hash(tidy(code, ""), town_id=town.pk, purpose="code")
            found = (
                Reporter.objects.filter(town=town, code_hash=code_hash)
                .select_related("town")
                .first()
            )
            if found:
                return found
    return _counted(None, network)
