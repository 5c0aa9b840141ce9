from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "luoshi.commitments"
    label = "commitments"

    def ready(self) -> None:
        from luoshi.commitments import texts, texts_above, texts_manage  # noqa: F401
