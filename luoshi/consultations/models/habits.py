"""How people live and what they can give: asked without a name or an income."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from luoshi.consultations.models.answers import Voter
from luoshi.consultations.models.consultation import Consultation
from luoshi.core.models import Population, TownModel, Village


class Questionnaire(TownModel):
    """What a consultation asks beside its statements: few questions, all voluntary."""

    consultation = models.OneToOneField(
        Consultation, models.CASCADE, related_name="questionnaire"
    )
    # What the measure would take from a household, and for what.
    sum_fen = models.PositiveBigIntegerField(null=True, blank=True)
    sum_for = models.CharField(max_length=60, blank=True)
    # Whether money, labour or none is asked: which one people would rather give.
    asks_form = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="questionnaire_sum_with_its_purpose",
                condition=Q(sum_fen__isnull=True, sum_for="")
                | Q(sum_fen__gt=0) & ~Q(sum_for=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.consultation_id)


class Question(TownModel):
    """One question on how people live."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="questions", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=100)
    several = models.BooleanField(default=False)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["questionnaire", "position"], name="question_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Option(TownModel):
    """One thing that can be ticked."""

    question = models.ForeignKey(
        Question, models.CASCADE, related_name="options", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=40)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "position"], name="option_position_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Reply(TownModel):
    """What one set of answers says of a household; all of it may be left empty."""

    class Can(models.TextChoices):
        YES = "yes", _("Can give it")
        TIGHT = "tight", _("It would be tight")
        NO = "no", _("Cannot give it")

    class Form(models.TextChoices):
        MONEY = "money", _("Give money")
        LABOUR = "labour", _("Labour")
        NONE = "none", _("Neither")

    voter = models.OneToOneField(Voter, models.CASCADE, related_name="reply")
    sex = models.CharField(max_length=6, choices=Population.Sex.choices, blank=True)
    # In bands alone: no age, no birthday.
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    can = models.CharField(max_length=5, choices=Can.choices, blank=True)
    form = models.CharField(max_length=6, choices=Form.choices, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reply_band_in_order",
                condition=Q(age_to__isnull=True)
                | Q(age_from__isnull=False, age_to__gte=F("age_from")),
            ),
            models.CheckConstraint(
                name="reply_can_or_cannot",
                condition=Q(can__in=["", "yes", "tight", "no"]),
            ),
            models.CheckConstraint(
                name="reply_form_of_three",
                condition=Q(form__in=["", "money", "labour", "none"]),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


class Choice(TownModel):
    """One thing that was ticked."""

    reply = models.ForeignKey(
        Reply, models.CASCADE, related_name="choices", db_index=False
    )
    option = models.ForeignKey(Option, models.CASCADE, related_name="chosen")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "option"], name="choice_ticked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reply_id} {self.option_id}"


class HouseholdCost(TownModel):
    """What the measure costs a household of one village, where it is known."""

    consultation = models.ForeignKey(
        Consultation, models.CASCADE, related_name="costs", db_index=False
    )
    village = models.ForeignKey(
        Village, models.PROTECT, related_name="+", db_index=False
    )
    fen = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "village"], name="householdcost_once_a_village"
            )
        ]

    def __str__(self) -> str:
        return f"{self.village_id} {self.fen}"
