"""All migrations so far in one, with everything inside CreateModel: a new database is made four times as quickly.

A database that has only some of them goes on with those.
"""

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import people.models.cities
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("people", "0001_initial"),
        ("people", "0002_notification_detail"),
        ("people", "0003_password_resets"),
        ("people", "0004_working_group_look"),
    ]

    initial = True

    dependencies = [
        ("auth", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=40, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WorkingGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160, unique=True)),
                ("slug", models.SlugField(max_length=160, unique=True)),
                ("description", models.TextField(blank=True)),
                (
                    "logo",
                    models.FileField(
                        blank=True,
                        help_text="A checked picture, drawn anew.",
                        max_length=200,
                        upload_to=people.models.cities.logo_path,
                    ),
                ),
                ("logo_alt", models.CharField(blank=True, help_text="What the logo shows, in words.", max_length=160)),
                (
                    "colour",
                    models.CharField(
                        blank=True, help_text="#rrggbb, dark enough for white text; empty: ours.", max_length=7
                    ),
                ),
                (
                    "imprint",
                    models.CharField(
                        blank=True, help_text="Who publishes the group's reports, one line.", max_length=300
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="City",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("slug", models.SlugField(max_length=140, unique=True)),
                ("country", models.CharField(max_length=2)),
                ("time_zone", models.CharField(default="Europe/Brussels", max_length=60)),
                (
                    "language",
                    models.CharField(default="en", help_text="BCP 47 tag of the city's own language.", max_length=12),
                ),
                ("population", models.PositiveIntegerField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "cities",
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(fields=("name", "country"), name="city_name_once_per_country"),
                    models.CheckConstraint(condition=models.Q(("country__length", 2)), name="city_country_two_letters"),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "city",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="people",
                        to="people.city",
                    ),
                ),
                ("job_title", models.CharField(blank=True, max_length=120)),
                (
                    "languages",
                    models.CharField(blank=True, help_text="Languages you can interview in.", max_length=120),
                ),
                ("expertise", models.CharField(blank=True, max_length=300)),
                ("is_secretariat", models.BooleanField(default=False)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"), name="user_email_once_whatever_case"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="invitations_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("purpose", models.CharField(help_text="What the person is invited to, in words.", max_length=200)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-created_at",),
            },
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.CharField(max_length=300)),
                (
                    "detail",
                    models.TextField(
                        blank=True, help_text="What somebody wrote with it: for the inbox, never for e-mail."
                    ),
                ),
                ("url", models.CharField(max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_at", models.DateTimeField(blank=True, null=True)),
                ("mailed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-created_at", "-pk"),
                "indexes": [models.Index(fields=["user", "read_at", "-created_at"], name="notification_inbox")],
            },
        ),
        migrations.CreateModel(
            name="PasswordReset",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("account", models.CharField(max_length=64)),
                ("sender", models.CharField(blank=True, max_length=45)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "at"], name="password_reset_account"),
                    models.Index(fields=["sender", "at"], name="password_reset_sender"),
                ],
            },
        ),
    ]
