"""Bare Django views to measure against: two rows in a transaction, a list of 50.

`LUOSHI_BARE` is "make" to make their tables, "serve" to serve them.
"""

import os

import django
from django.conf import settings


def configure() -> None:
    """Set up Django with one table and nothing else, on the same database."""
    from luoshi.conf import settings as ours

    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": ours.DATABASES["default"]},
        INSTALLED_APPS=["django.contrib.contenttypes"],
        ROOT_URLCONF=__name__,
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


if os.environ.get("LUOSHI_BARE"):
    configure()

    from django.core.wsgi import get_wsgi_application
    from django.db import connection, models, transaction
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    class BareCase(models.Model):
        """A row with a text."""

        text = models.TextField()

        class Meta:
            app_label = "bare"

    class BareEntry(models.Model):
        """A row that points to it."""

        case = models.ForeignKey(BareCase, models.CASCADE)
        code = models.CharField(max_length=60)

        class Meta:
            app_label = "bare"

    def receive(request: HttpRequest) -> HttpResponse:
        """Insert two rows."""
        with transaction.atomic():
            case = BareCase(text=request.POST["text"])
            case.save(force_insert=True)
            BareEntry(case=case, code="received").save(force_insert=True)
        return HttpResponse(str(case.pk))

    def rows(request: HttpRequest) -> HttpResponse:
        """List the newest fifty rows."""
        found = BareCase._default_manager.order_by("-pk")[:50]
        return HttpResponse("".join(f"<p>{row.pk} {row.text}</p>" for row in found))

    def health(request: HttpRequest) -> HttpResponse:
        """Answer."""
        return HttpResponse("ok")

    urlpatterns = [path("receive", receive), path("rows", rows)]
    urlpatterns.append(path("health", health))
    application = get_wsgi_application()
    if os.environ["LUOSHI_BARE"] == "make":
        with connection.schema_editor() as editor:
            editor.create_model(BareCase)
            editor.create_model(BareEntry)
        BareCase._default_manager.bulk_create(
            BareCase(text="路灯不亮" * 8) for _ in range(500)
        )
