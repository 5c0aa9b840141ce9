from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "luoshi.projects"
    label = "projects"

    def ready(self) -> None:
        from luoshi.projects import (
            lasting_registrations,  # noqa: F401
            registrations,  # noqa: F401
        )
