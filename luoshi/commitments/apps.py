from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "luoshi.commitments"
    label = "commitments"

    def ready(self) -> None:
        from luoshi.commitments import (  # noqa: F401
            handing,
            texts,
            texts_above,
            texts_approval,
            texts_ending,
            texts_manage,
            texts_roster,
            villages,
        )
