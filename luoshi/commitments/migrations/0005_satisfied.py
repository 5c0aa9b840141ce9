"""Fill in how satisfied the judges of closed commitments were."""

from typing import Any

from django.db import migrations

BATCH = 1000


def _least(said: set[str]) -> str:
    for least in ("not", "neutral"):
        if least in said:
            return least
    return "satisfied"


def fill(apps: Any, schema_editor: Any) -> None:
    """Take each judge's last word of the last round; the least of them counts."""
    commitments = apps.get_model("commitments", "Commitment")._base_manager
    verdicts = apps.get_model("commitments", "Verdict")._base_manager
    judged = commitments.filter(
        state="closed", ending__in=("solved", "partly", "not_solved"), satisfied=""
    )
    after = 0
    while rows := list(judged.filter(pk__gt=after).order_by("pk")[:BATCH]):
        after, rounds = rows[-1].pk, {row.pk: row.reopened for row in rows}
        last: dict[int, dict[int, str]] = {}
        for verdict in verdicts.filter(commitment_id__in=rounds).order_by("pk"):
            if verdict.round == rounds[verdict.commitment_id]:
                words = last.setdefault(verdict.commitment_id, {})
                words[verdict.judge_id] = verdict.satisfied
        for row in rows:
            if row.pk in last:
                row.satisfied = _least(set(last[row.pk].values()))
        commitments.bulk_update(rows, ["satisfied"], batch_size=200)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_whole_cases")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
