"""What was written before there were seals is sealed once, in its order, and marked so."""

from django.db import migrations

from prefectures.sealing.sealing import seal_what_was_there


def seal(apps, schema_editor):
    seal_what_was_there(apps)


class Migration(migrations.Migration):

    dependencies = [
        ('prefectures', '0016_documents_of_the_past'),
    ]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=False),
    ]
