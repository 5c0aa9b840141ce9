"""What can go wrong with a router.

RoutingError
    TrainingError     texts and labels from which nothing can be learnt
    ModelFileError    a file that is no router, is damaged, or is of another version
"""


class RoutingError(ValueError):
    """Anything that a router refuses."""


class TrainingError(RoutingError):
    """Texts and labels from which nothing can be learnt."""


class ModelFileError(RoutingError):
    """A file that is no router, is damaged, or is of another version."""
