from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from the rows that 0002 moves: PostgreSQL changes no table whose rows
    # the same transaction has just written.
    dependencies = [("commitments", "0002_duty_c")]
    operations = [
        migrations.AddConstraint(
            model_name="dutyitem",
            constraint=models.UniqueConstraint(
                fields=("town", "title"), name="duty_title_unique_in_town"
            ),
        ),
        migrations.AddConstraint(
            model_name="dutyitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier", "basic"), models.Q(("lead_body", ""), _negated=True), _connector="OR"),
                name="duty_of_the_county_names_it",
            ),
        ),
    ]
