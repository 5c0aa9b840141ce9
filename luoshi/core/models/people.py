"""Organisations, posts, persons and accounts: four things, never one."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from luoshi.core.models.base import TownModel
from luoshi.core.models.places import Village


class Organisation(TownModel):
    """An office, station or village committee; a tree."""

    class Kind(models.TextChoices):
        OFFICE = "office", _("Office or station")
        CENTRE = "centre", _("Service centre")
        LEADERSHIP = "leadership", _("Leadership")
        VILLAGE = "village", _("Village committee")
        OUTSIDE = "outside", _("Outside body")

    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OFFICE)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts"
    )
    village = models.ForeignKey(
        Village, models.PROTECT, null=True, blank=True, related_name="committees"
    )
    phone = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["town", "name"], name="organisation_name_unique_in_town"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def assists_only(self) -> bool:
        """Tell whether the town guides it and cannot command it."""
        return self.kind == self.Kind.VILLAGE


class Person(TownModel):
    """Somebody who works for the town; holds posts, may have an account."""

    name = models.CharField(max_length=60)
    left_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Post(TownModel):
    """A post (岗位): what may be done belongs to it, not to the person."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="posts")
    title = models.CharField(max_length=60)
    # Names registered in core.roles; checked when a post is saved by its action.
    roles = models.JSONField(default=list)
    # The organisations for which a leader in this post signs (分管).
    oversees = models.ManyToManyField(Organisation, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.title


class Tenure(TownModel):
    """Who held a post, from which day to which."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="tenures")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tenures")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["post", "person"],
                condition=models.Q(until__isnull=True),
                name="tenure_open_once",
            ),
            models.CheckConstraint(
                name="tenure_in_order",
                condition=models.Q(until__isnull=True)
                | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.post_id}"


class UserManager(BaseUserManager["User"]):
    """Finds accounts by name; they are unique in the deployment."""

    def create_user(self, username: str, password: str | None = None) -> "User":
        """Create an account with a hashed password."""
        user = self.model(username=username)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. It says nothing of what its person may do."""

    class Mail(models.TextChoices):
        """When a person's notices are mailed."""

        AT_ONCE = "at_once", _("Each at once")
        DAILY = "daily", _("Once a day, if there is something")
        NONE = "none", _("No mail")

    username = models.CharField(max_length=60, unique=True)
    person = models.OneToOneField(
        Person, models.PROTECT, null=True, blank=True, related_name="account"
    )
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)
    failed_attempts = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    totp_secret = models.BinaryField(null=True, blank=True)
    # Where notices are mailed to, if the person wants that; encrypted.
    email = models.BinaryField(null=True, blank=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    # Single keys as shortcuts; who speaks to the computer switches them off.
    shortcuts = models.BooleanField(default=True)
    totp_last_step = models.BigIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "username"

    def __str__(self) -> str:
        return self.username
