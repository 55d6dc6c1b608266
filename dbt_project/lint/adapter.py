"""Stands for dbt's `adapter` when sqlfluff renders a model."""

from collections.abc import Callable


def dispatch(name: str) -> Callable[..., str]:
    """Return a macro that gives some valid expression, since what an engine's own macro says is not linted here."""
    return lambda *arguments, **named: "1"
