"""All migrations so far in one, with everything inside CreateModel: a new database is made four times as quickly.

A database that has only some of them goes on with those.
"""

import django.db.models.deletion
import django.utils.timezone
import django_fsm
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [("visits", "0001_initial")]

    initial = True

    dependencies = [
        ("reviews", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StudyVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="study_visit", to="reviews.case"
                    ),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Being drafted"),
                            ("proposed", "Proposed to the team"),
                            ("agreed", "Agreed, can still change"),
                            ("frozen", "Frozen"),
                            ("held", "Visit held"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("time_zone", models.CharField(default="Europe/Brussels", max_length=60)),
                ("working_language", models.CharField(default="en", max_length=12)),
                (
                    "practical",
                    models.TextField(blank=True, help_text="Getting there, hotel, phone numbers, access, meals."),
                ),
                (
                    "practical_version",
                    models.PositiveIntegerField(default=1, help_text="Counts the saves of the practical text."),
                ),
                ("practical_at", models.DateTimeField(blank=True, null=True)),
                (
                    "practical_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("desk_review_closed_at", models.DateTimeField(blank=True, null=True)),
                ("frozen_at", models.DateTimeField(blank=True, null=True)),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("feedback_held_on", models.DateField(blank=True, null=True)),
                (
                    "feedback_attendance",
                    models.PositiveSmallIntegerField(blank=True, help_text="People of the host who came.", null=True),
                ),
                (
                    "feedback_reply",
                    models.TextField(blank=True, help_text="What the host answered in the feedback session."),
                ),
                (
                    "feedback_version",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts the saves of the feedback session's record."
                    ),
                ),
                ("feedback_at", models.DateTimeField(blank=True, null=True)),
                (
                    "feedback_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "proposed", "agreed", "frozen", "held"])),
                        name="visit_status_known",
                    )
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HostSite",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sites", to="visits.studyvisit"
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("address", models.CharField(blank=True, max_length=300)),
                ("description", models.TextField(blank=True)),
                (
                    "contact",
                    models.CharField(
                        blank=True, help_text="Who receives the group; for the programme only.", max_length=200
                    ),
                ),
                ("access_note", models.CharField(blank=True, help_text="Steps, lifts, quiet room.", max_length=300)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("name", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ProgrammeLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="looks", to="visits.studyvisit"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("visit", "user"), name="programme_look_once")],
            },
        ),
        migrations.CreateModel(
            name="DeskItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="desk_items", to="visits.studyvisit"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("question", "Question to ask"),
                            ("hypothesis", "What I expect to find"),
                            ("person", "Somebody we should meet"),
                            ("paper", "A document we need"),
                        ],
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="desk_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answer", models.TextField(blank=True, help_text="The host's answer to a request.")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("version", models.PositiveIntegerField(default=1, help_text="Counts the saves of the answer.")),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("kind", "created_at", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["question", "hypothesis", "person", "paper"])),
                        name="desk_item_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="VisitGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="groups", to="visits.studyvisit"
                    ),
                ),
                ("name", models.CharField(max_length=60)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "members",
                    models.ManyToManyField(blank=True, related_name="visit_groups", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "ordering": ("name", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)), fields=("visit", "name"), name="visit_group_name_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="visits.studyvisit"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots",
                        to="visits.visitgroup",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots",
                        to="visits.hostsite",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("welcome", "Welcome and context"),
                            ("panel", "Panel"),
                            ("interview", "Interview"),
                            ("site_visit", "Site visit"),
                            ("team", "Team meeting (private)"),
                            ("debrief", "Daily debrief (private)"),
                            ("feedback", "Feedback session"),
                            ("meal", "Meal"),
                            ("travel", "Travel"),
                            ("other", "Other"),
                        ],
                        default="interview",
                        max_length=16,
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("place", models.CharField(blank=True, help_text="Building and room.", max_length=200)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("is_interpreted", models.BooleanField(default=False)),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots_led",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note_taker",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="slots_noted",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("remarks", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("starts_at", "ends_at", "pk"),
                "indexes": [models.Index(fields=["visit", "removed_at", "starts_at"], name="slot_of_visit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "welcome",
                                    "panel",
                                    "interview",
                                    "site_visit",
                                    "team",
                                    "debrief",
                                    "feedback",
                                    "meal",
                                    "travel",
                                    "other",
                                ],
                            )
                        ),
                        name="slot_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="slot_ends_after_start"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "visit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notes", to="visits.studyvisit"
                    ),
                ),
                (
                    "slot",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="visits.slot",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to="visits.hostsite",
                    ),
                ),
                ("client_id", models.UUIDField(default=uuid.uuid4)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heard", "Heard"),
                            ("seen", "Seen"),
                            ("read", "Read"),
                            ("number", "Number"),
                            ("quote", "Quote, paraphrased"),
                            ("question", "My question"),
                            ("idea", "Idea from my city"),
                        ],
                        default="heard",
                        max_length=12,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "source_group",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("learners", "Children, young people, learners"),
                            ("families", "Parents and families"),
                            ("community", "Residents and community"),
                            ("service_users", "Service users and carers"),
                            ("front_line", "Front-line staff"),
                            ("managers", "Managers"),
                            ("politicians", "Politicians"),
                            ("ngos", "NGOs and partners"),
                            ("employers", "Employers"),
                            ("other_public", "Other public bodies"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "confidence",
                    models.CharField(choices=[("sure", "Sure"), ("unsure", "Not sure")], default="sure", max_length=8),
                ),
                (
                    "is_private",
                    models.BooleanField(default=False, help_text="An observer's note: only its author sees it."),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="notes",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                ("findings", models.ManyToManyField(blank=True, related_name="notes", to="reviews.finding")),
            ],
            options={
                "ordering": ("created_at", "pk"),
                "indexes": [models.Index(fields=["visit", "removed_at", "created_at"], name="note_of_visit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["heard", "seen", "read", "number", "quote", "question", "idea"])
                        ),
                        name="note_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source_group__in",
                                [
                                    "learners",
                                    "families",
                                    "community",
                                    "service_users",
                                    "front_line",
                                    "managers",
                                    "politicians",
                                    "ngos",
                                    "employers",
                                    "other_public",
                                    "",
                                ],
                            )
                        ),
                        name="note_source_group_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__in", ["sure", "unsure"])), name="note_confidence_known"
                    ),
                    models.UniqueConstraint(fields=("visit", "client_id"), name="note_sent_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlotPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="people", to="visits.slot"
                    ),
                ),
                (
                    "source_group",
                    models.CharField(
                        choices=[
                            ("learners", "Children, young people, learners"),
                            ("families", "Parents and families"),
                            ("community", "Residents and community"),
                            ("service_users", "Service users and carers"),
                            ("front_line", "Front-line staff"),
                            ("managers", "Managers"),
                            ("politicians", "Politicians"),
                            ("ngos", "NGOs and partners"),
                            ("employers", "Employers"),
                            ("other_public", "Other public bodies"),
                        ],
                        max_length=16,
                    ),
                ),
                ("count", models.PositiveSmallIntegerField(default=1)),
            ],
            options={
                "ordering": ("source_group",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source_group__in",
                                [
                                    "learners",
                                    "families",
                                    "community",
                                    "service_users",
                                    "front_line",
                                    "managers",
                                    "politicians",
                                    "ngos",
                                    "employers",
                                    "other_public",
                                ],
                            )
                        ),
                        name="slot_person_group_known",
                    ),
                    models.UniqueConstraint(fields=("slot", "source_group"), name="slot_person_group_once"),
                    models.CheckConstraint(condition=models.Q(("count__gte", 1)), name="slot_person_at_least_one"),
                ],
            },
        ),
    ]
