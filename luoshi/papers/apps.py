from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "luoshi.papers"
    label = "papers"

    def ready(self) -> None:
        from luoshi.papers import registrations  # noqa: F401
