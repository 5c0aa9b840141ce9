from django.apps import AppConfig


class TopicsConfig(AppConfig):
    name = "luoshi.topics"
    label = "topics"

    def ready(self) -> None:
        from luoshi.topics import registrations  # noqa: F401
