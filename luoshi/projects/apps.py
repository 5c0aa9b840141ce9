from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "luoshi.projects"
    label = "projects"

    def ready(self) -> None:
        from luoshi.projects import registrations  # noqa: F401
