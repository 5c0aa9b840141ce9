"""Who may do what with a case beyond its commitment."""

from luoshi.cases.keepers import keepers_of
from luoshi.cases.models import Case, ReplyTemplate, SealedMatter
from luoshi.commitments import rules as commitments
from luoshi.commitments.models import Ending, Kind
from luoshi.commitments.models.commitment import Visibility
from luoshi.core.actors import Staff
from luoshi.core.roles import (
    DISPATCHER,
    DUTY_OFFICER,
    INSPECTOR,
    LEADER,
    RELEASER,
    VILLAGE_OFFICER,
)


def may_enter(staff: Staff) -> bool:
    """Anybody who hears a resident writes it down."""
    return staff.has(DISPATCHER, VILLAGE_OFFICER, DUTY_OFFICER)


def may_follow_notice(staff: Staff, case: Case) -> bool:
    """Who sees to it that people are told."""
    return commitments.may_follow_notice(staff, case.commitment)


def may_merge(staff: Staff, case: Case) -> bool:
    """A case that goes its own way may be done together with another."""
    return case.number == case.commitment.number and commitments.may_merge(
        staff, case.commitment
    )


def may_unmerge(staff: Staff, case: Case) -> bool:
    """A case under another's head may go its own way again."""
    return case.number != case.commitment.number and staff.has(DISPATCHER)


def may_see(staff: Staff, case: Case) -> bool:
    """A case is seen with its commitment."""
    return commitments.may_see(staff, case.commitment)


def may_dispatch(staff: Staff, case: Case) -> bool:
    """The dispatch desk shows what waits for dispatch, and nothing else."""
    return commitments.may_dispatch(staff, case.commitment)


def may_reply(staff: Staff, case: Case) -> bool:
    """The owner's office and the dispatchers answer who asked; never a part's."""
    return case.commitment.parent_id is None and (
        staff.has(DISPATCHER) or commitments.in_owning_office(staff, case.commitment)
    )


def may_name_there(staff: Staff, case: Case) -> bool:
    """Who answers for it, or enters it, says where else it lives; never of a part."""
    return may_reply(staff, case) and may_see(staff, case)


def may_note(staff: Staff, case: Case) -> bool:
    """Whoever sees a case may leave a word for colleagues."""
    return may_see(staff, case)


def may_write_down(staff: Staff, case: Case) -> bool:
    """Whoever may leave a note may write down what a recording says."""
    return may_note(staff, case) and not case.is_sealed


def may_see_contact(staff: Staff, case: Case) -> bool:
    """Who works on it, and who calls for the verdict, may see how to reach people."""
    return case.commitment.parent_id is None and (
        staff.has(DISPATCHER, INSPECTOR)
        or commitments.in_owning_office(staff, case.commitment)
    )


def may_export_contacts(staff: Staff) -> bool:
    """Who may see every contact may take them out together; others one by one."""
    return staff.has(DISPATCHER, INSPECTOR)


def may_split(staff: Staff, case: Case) -> bool:
    """A second matter is taken out of a case that somebody looked at."""
    return not case.held and commitments.may_split(staff, case.commitment)


def may_release(staff: Staff, case: Case) -> bool:
    """A dispatcher looks at what was held."""
    return case.held and staff.has(DISPATCHER)


def may_erase(staff: Staff, case: Case) -> bool:
    """The dispatcher erases at a person's wish; a part is erased with its whole."""
    return (
        case.commitment.parent_id is None
        and staff.has(DISPATCHER)
        and may_see(staff, case)
    )


def may_publish(staff: Staff, case: Case) -> bool:
    """A releaser publishes what is no part of another matter and not sealed."""
    commitment = case.commitment
    return (
        staff.has(RELEASER)
        and commitment.parent_id is None
        and commitment.visibility != Visibility.SEALED
        and commitment.ending not in (Ending.MERGED, Ending.HISTORY)
        and may_see(staff, case)
    )


def may_withdraw(staff: Staff, case: Case) -> bool:
    """A releaser takes what is public off again."""
    return staff.has(RELEASER) and case.commitment.visibility == Visibility.PUBLIC


def may_see_signals(staff: Staff, case: Case) -> bool:
    """Who checks, who leads and whose office it is look after what neighbours say."""
    return staff.has(INSPECTOR, LEADER) or commitments.in_owning_office(
        staff, case.commitment
    )


def may_do_many(staff: Staff) -> bool:
    """A dispatcher dispatches, merges and sorts several at once."""
    return staff.has(DISPATCHER)


def may_keep_city_figures(staff: Staff) -> bool:
    """Who dispatches or inspects writes down what the city published."""
    return staff.has(DISPATCHER, INSPECTOR)


def may_keep_template(staff: Staff, organisation_id: int | None) -> bool:
    """A dispatcher keeps everybody's templates, an office's staff their own."""
    return staff.has(DISPATCHER) or organisation_id in staff.organisations


def may_change_template(staff: Staff, template: ReplyTemplate) -> bool:
    """Whoever may keep a template for its office may change and retire it."""
    return may_keep_template(staff, template.organisation_id)


def may_seal(staff: Staff, case: Case) -> bool:
    """Who sees an accusation or a sign of harm hands it to those who keep it."""
    named = staff.has(DISPATCHER, INSPECTOR, LEADER)
    mine = commitments.in_owning_office(staff, case.commitment)
    said = case.commitment.kind == Kind.CASE
    return said and (named or mine) and may_see(staff, case)


def may_read_sealed(staff: Staff, matter: SealedMatter) -> bool:
    """Those who keep it, and nobody else, whatever their post."""
    return any(one.pk == staff.person.pk for one in keepers_of(matter.kind))
