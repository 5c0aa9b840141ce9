"""The roles a post can give. Domains register theirs in `AppConfig.ready`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_ROLES: dict[str, Promise | str] = {}


def register_role(name: str, label: Promise | str) -> str:
    """Make a role known; the same name twice is a mistake."""
    if name in _ROLES:
        raise ValueError(f"The role {name} is registered twice.")
    _ROLES[name] = label
    return name


def role_labels() -> dict[str, Promise | str]:
    """Return every role and what it is called on screens."""
    return dict(_ROLES)


ADMINISTRATOR = register_role("administrator", _("Administrator"))
LEADER = register_role("leader", _("Leader"))
DISPATCHER = register_role("dispatcher", _("Dispatcher"))
HANDLER = register_role("handler", _("Handler"))
INSPECTOR = register_role("inspector", _("Inspector"))
VILLAGE_OFFICER = register_role("village_officer", _("Village officer"))
RELEASER = register_role("releaser", _("Releaser"))
CONGRESS = register_role("congress", _("Deputies' liaison"))
PROPOSER = register_role("proposer", _("Proposes who does it"))
DUTY_OFFICER = register_role("duty_officer", _("Duty officer"))
ORGANISATION_MEMBER = register_role("organisation_member", _("Organisation member"))
DISCIPLINE = register_role("discipline", _("Discipline officer"))
ARCHIVIST = register_role("archivist", _("Archivist"))
MINORS = register_role("minors", _("Named for harm to minors"))
