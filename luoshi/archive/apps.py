from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "luoshi.archive"
    label = "archive"

    def ready(self) -> None:
        from luoshi.archive import registrations  # noqa: F401
