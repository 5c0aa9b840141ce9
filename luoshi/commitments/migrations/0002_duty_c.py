import django.db.models.deletion
from django.db import migrations, models


def link(apps, _editor):
    """Let each category name the line that named it; a title stands once."""
    category = apps.get_model("commitments", "Category")
    duty = apps.get_model("commitments", "DutyItem")
    duty.objects.exclude(tier="basic").filter(lead_body="").update(lead_body="县里")
    kept = {}
    for line in duty.objects.order_by("id"):
        first = kept.setdefault((line.town_id, line.title), line.pk)
        if line.category_id:
            category.objects.filter(pk=line.category_id, duty=None).update(duty_id=first)
        if first != line.pk:
            line.delete()


class Migration(migrations.Migration):
    dependencies = [("commitments", "0001_initial")]
    operations = [
        migrations.AddField(
            model_name="category",
            name="duty",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="categories",
                to="commitments.dutyitem",
            ),
        ),
        migrations.AddField(
            model_name="dutyitem",
            name="keywords",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.RunPython(link, migrations.RunPython.noop),
        migrations.RemoveField(model_name="dutyitem", name="category"),
        migrations.AlterModelOptions(name="dutyitem", options={"ordering": ["id"]}),
    ]
