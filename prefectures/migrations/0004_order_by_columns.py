import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('prefectures', '0003_acknowledged_contradictions'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='arrondissement',
            options={'ordering': ['departement_id', 'name'], 'verbose_name': 'arrondissement', 'verbose_name_plural': 'arrondissements'},
        ),
        migrations.AlterModelOptions(
            name='contact',
            options={'ordering': ['procedure_id', 'position', 'number'], 'verbose_name': 'contact', 'verbose_name_plural': 'contacts'},
        ),
        migrations.AlterModelOptions(
            name='link',
            options={'ordering': ['procedure_id', 'position', 'number'], 'verbose_name': 'lien', 'verbose_name_plural': 'liens'},
        ),
        migrations.AlterModelOptions(
            name='prefecture',
            options={'ordering': ['departement_id', 'kind', 'city', 'slug'], 'verbose_name': 'guichet', 'verbose_name_plural': 'guichets'},
        ),
        migrations.AlterModelOptions(
            name='procedure',
            options={'ordering': ['departement_id', 'position', 'title'], 'verbose_name': 'fiche', 'verbose_name_plural': 'fiches'},
        ),
        migrations.AlterModelOptions(
            name='revision',
            options={'ordering': ['-changeset_id', 'procedure_id'], 'verbose_name': 'version', 'verbose_name_plural': 'versions'},
        ),
        migrations.AlterModelOptions(
            name='step',
            options={'ordering': ['procedure_id', 'group', 'position', 'number'], 'verbose_name': 'étape', 'verbose_name_plural': 'étapes'},
        ),
        migrations.AlterModelOptions(
            name='verification',
            options={'ordering': ['procedure_id', '-verified_on', '-id'], 'verbose_name': 'vérification', 'verbose_name_plural': 'vérifications'},
        ),
        migrations.AlterField(
            model_name='contact',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='ground',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='historicalcontact',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='historicalground',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='historicallink',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='historicalprocedure',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre des fiches dans leur département.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='historicalstep',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='link',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='procedure',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre des fiches dans leur département.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
        migrations.AlterField(
            model_name='step',
            name='position',
            field=models.PositiveSmallIntegerField(default=0, help_text='L’ordre dans la page : 1 avant 2. À égalité, le plus ancien d’abord.', validators=[django.core.validators.MaxValueValidator(9999)], verbose_name='rang'),
        ),
    ]
