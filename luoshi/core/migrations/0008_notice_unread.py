from django.db import migrations, models

from luoshi.core.indexes import AddIndexAside


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("core", "0007_shortcuts")]
    operations = [
        AddIndexAside(
            "notice",
            models.Index(
                condition=models.Q(read_at__isnull=True),
                fields=["person", "-id"],
                name="notice_unread",
            ),
        )
    ]
