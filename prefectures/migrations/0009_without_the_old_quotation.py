from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('prefectures', '0008_past_of_quotations'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='historicalprocedure',
            name='is_excerpt',
        ),
        migrations.RemoveField(
            model_name='historicalprocedure',
            name='official_text',
        ),
        migrations.RemoveField(
            model_name='historicalprocedure',
            name='quoted_from',
        ),
        migrations.RemoveField(
            model_name='procedure',
            name='is_excerpt',
        ),
        migrations.RemoveField(
            model_name='procedure',
            name='official_text',
        ),
        migrations.RemoveField(
            model_name='procedure',
            name='quoted_from',
        ),
        migrations.RemoveField(
            model_name='historicalstep',
            name='was_registered',
        ),
        migrations.RemoveField(
            model_name='step',
            name='was_registered',
        ),
    ]
