from typing import Any

from django.db import migrations, models


def hand_down_status(apps: Any, schema_editor: Any) -> None:
    """A document's status so far was that of its newest version."""
    for prd in apps.get_model("prd", "Prd").objects.exclude(status="draft"):
        newest = prd.versions.filter(state="written").order_by("number").last()
        if newest is not None:
            newest.status = prd.status
            newest.save(update_fields=["status"])


class Migration(migrations.Migration):
    dependencies = [
        ("prd", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="prdversion",
            name="approved_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="prdversion",
            name="author",
            field=models.CharField(choices=[("unobot", "UnoBot"), ("staff", "Staff")], default="unobot", max_length=16),
        ),
        migrations.AddField(
            model_name="prdversion",
            name="hints",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="prdversion",
            name="note",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="prdversion",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("in_review", "In Review"), ("approved", "Approved")],
                default="draft",
                max_length=16,
            ),
        ),
        migrations.RunPython(hand_down_status, migrations.RunPython.noop),
    ]
