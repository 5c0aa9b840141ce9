"""What each step of the work is called."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What each step is called on its button.
STEP_WORDS: dict[str, Promise] = {
    "give_word": _("Agree to it"),
    "return_word": _("Return it"),
    "recall_word": _("Take back the question"),
    "take_on_duty": _("See to it"),
    "dispatch": _("Dispatch"),
    "decide_handback": _("Decide the objection"),
    "review": _("Look at the result"),
    "decide_not_solved": _("Decide what was not solved"),
    "take": _("Take it"),
    "resume": _("Let the clock run again"),
    "submit": _("Hand in the result"),
    "call": _("Ask for the verdict by telephone"),
    "progress": _("Report"),
    "extend": _("Extend"),
    "ask_support": _("Ask another for help"),
    "ask_higher": _("Ask a higher body"),
    "higher_answer": _("Note the higher body's answer"),
    "explain": _("Explain what went wrong"),
    "decide_explanation": _("Say whether the explanation holds"),
    "add_part": _("Give another office a part"),
    "drop_part": _("No longer needed"),
    "pause": _("Pause the clock"),
    "hand_back": _("Hand back"),
    "hand_over": _("Hand over"),
    "sample": _("Look again"),
    "promise": _("Promise for later"),
    "refuse": _("By the rules it cannot be done"),
    "move_to_route": _("Move it to a lawful route"),
    "note_withdrawal": _("The person withdrew it"),
    "pass_on": _("Not the town's duty"),
}
