"""All migrations so far in one, with everything inside CreateModel: a new database is made four times as quickly.

A database that has only some of them goes on with those.
"""

import django.db.models.deletion
import django.utils.timezone
import django_fsm
import reports.models.documents
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reports", "0001_initial"),
        ("reports", "0002_consent_hash"),
        ("reports", "0003_report_deepened"),
        ("reports", "0004_fact_check_deepened"),
        ("reports", "0005_section_writing"),
        ("reports", "0006_approval"),
        ("reports", "0007_piece_words"),
        ("reports", "0008_fact_comment_once"),
        ("reports", "0009_sections_say_what_they_draw"),
        ("reports", "0010_library_entries"),
        ("reports", "0011_outline_section_version"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed"),
        ("reviews", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="reviews.case"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handbook", "Handbook"),
                            ("self_assessment", "Self-assessment"),
                            ("report", "Final report"),
                            ("programme", "Programme of the visit"),
                            ("slides", "Feedback slides"),
                            ("progress", "Progress report"),
                            ("certificate", "Certificate of participation"),
                            ("archive", "Archive of the case"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "edition",
                    models.CharField(
                        choices=[("team", "Team edition"), ("host", "Host edition"), ("public", "Public edition")],
                        max_length=8,
                    ),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("docx", "Word document"), ("zip", "ZIP archive")],
                        default="pdf",
                        max_length=4,
                    ),
                ),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whom a certificate is for; nobody for every other kind.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "number",
                    models.PositiveIntegerField(
                        default=1, help_text="Counts the versions of this kind and edition in the case."
                    ),
                ),
                (
                    "content_hash",
                    models.CharField(help_text="SHA-256 of everything that the document shows.", max_length=64),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("queued", "Waiting to be made"),
                            ("rendering", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Could not be made"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="queued",
                        max_length=24,
                        protected=True,
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("requested_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "queued_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When it was last handed to the worker."
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "watched_at",
                    models.DateTimeField(
                        blank=True, help_text="When the page of who asked for it last looked.", null=True
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("pages_done", models.PositiveIntegerField(default=0)),
                ("pages_expected", models.PositiveIntegerField(default=0, help_text="0 while unknown.")),
                ("pages", models.PositiveIntegerField(default=0)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("seconds", models.FloatField(default=0, help_text="Time of rendering.")),
                ("sha256", models.CharField(blank=True, help_text="SHA-256 of the file.", max_length=64)),
                (
                    "file",
                    models.FileField(blank=True, max_length=200, upload_to=reports.models.documents.document_path),
                ),
                ("warnings", models.JSONField(blank=True, default=list)),
                (
                    "figures",
                    models.JSONField(
                        blank=True, default=dict, help_text="What the check of the finished file counted."
                    ),
                ),
                ("error", models.TextField(blank=True, help_text="A sentence for people.")),
            ],
            options={
                "ordering": ("-requested_at", "-pk"),
                "indexes": [
                    models.Index(fields=["case", "-requested_at"], name="document_of_case"),
                    models.Index(fields=["status", "queued_at"], name="document_sweep"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "handbook",
                                    "self_assessment",
                                    "report",
                                    "programme",
                                    "slides",
                                    "progress",
                                    "certificate",
                                    "archive",
                                ],
                            )
                        ),
                        name="document_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("edition__in", ["team", "host", "public"])), name="document_edition_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("format__in", ["pdf", "docx", "zip"])), name="document_format_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "rendering", "ready", "failed", "cancelled"])),
                        name="document_status_known",
                    ),
                    models.UniqueConstraint(
                        fields=("case", "kind", "edition", "format", "content_hash"), name="document_once_per_content"
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="Outline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "working_group",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outline",
                        to="people.workinggroup",
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("working_group__isnull", True)),
                        fields=("name",),
                        name="outline_for_all_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OutlineSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "outline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="reports.outline"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("purpose", models.TextField(blank=True, help_text="What the section is for, shown to who writes it.")),
                (
                    "opening",
                    models.TextField(blank=True, help_text="Markdown that a new report begins this section with."),
                ),
                ("draws", models.JSONField(blank=True, default=list)),
                ("words", models.PositiveIntegerField(default=0, help_text="A usual length; 0 for none.")),
                ("is_required", models.BooleanField(default=False)),
                ("is_annex", models.BooleanField(default=False)),
                ("starts_page", models.BooleanField(default=True)),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="Counts the saves of its texts and settings."),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "constraints": [models.UniqueConstraint(fields=("outline", "key"), name="outline_section_once")],
            },
        ),
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="publications", to="reviews.case"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                ("slug", models.SlugField(help_text="The permanent address.", max_length=100, unique=True)),
                ("title", models.CharField(max_length=200)),
                ("summary", models.TextField(blank=True, help_text="The first words, without marks, for lists.")),
                (
                    "theme",
                    models.CharField(
                        choices=[
                            ("education", "Education"),
                            ("roma_inclusion", "Roma inclusion"),
                            ("integration", "Integration of migrants and refugees"),
                            ("ageing", "Demographic change and ageing"),
                            ("housing", "Housing and homelessness"),
                            ("employment", "Employment and skills"),
                            ("health", "Health and care"),
                            ("youth", "Children and young people"),
                            ("disability", "People with disabilities"),
                            ("climate", "Climate and a just transition"),
                            ("mobility", "Mobility"),
                            ("culture", "Culture and participation"),
                        ],
                        max_length=24,
                    ),
                ),
                ("city_name", models.CharField(max_length=120)),
                ("country", models.CharField(max_length=2)),
                ("year", models.PositiveSmallIntegerField(help_text="Of the study visit.")),
                ("language", models.CharField(default="en", max_length=12)),
                ("content", models.JSONField(help_text="The composed document, as reports.rendering serialises it.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "recommendation_ids",
                    models.JSONField(blank=True, default=list, help_text="The recommendations, in their order."),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="publications",
                        to="reports.document",
                    ),
                ),
                ("erratum", models.TextField(blank=True, help_text="What changed against the version before.")),
                ("is_current", models.BooleanField(default=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everybody"), ("members", "Members of the network only")],
                        default="public",
                        max_length=8,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC-BY-4.0", "Creative Commons Attribution 4.0"),
                            ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"),
                            ("CC-BY-NC-4.0", "Creative Commons Attribution-NonCommercial 4.0"),
                            ("reserved", "All rights reserved"),
                        ],
                        default="CC-BY-4.0",
                        max_length=16,
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(blank=True, help_text="Since when only a notice stands here.", null=True),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("withdrawal_reason", models.TextField(blank=True, help_text="Printed in the notice.")),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("published_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-published_at", "-pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_current", True)),
                        fields=["-published_at", "-id"],
                        name="publication_library",
                    ),
                    models.Index(
                        condition=models.Q(("is_current", True)),
                        fields=["theme", "-published_at", "-id"],
                        name="publication_by_theme",
                    ),
                    models.Index(
                        condition=models.Q(("is_current", True)),
                        fields=["country", "city_name", "-published_at", "-id"],
                        name="publication_by_place",
                    ),
                    models.Index(
                        condition=models.Q(("is_current", True)),
                        fields=["year", "-published_at", "-id"],
                        name="publication_by_year",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "theme__in",
                                [
                                    "education",
                                    "roma_inclusion",
                                    "integration",
                                    "ageing",
                                    "housing",
                                    "employment",
                                    "health",
                                    "youth",
                                    "disability",
                                    "climate",
                                    "mobility",
                                    "culture",
                                ],
                            )
                        ),
                        name="publication_theme_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members"])), name="publication_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "reserved"])),
                        name="publication_licence_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawal_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="publication_withdrawal_has_reason",
                    ),
                    models.UniqueConstraint(fields=("case", "version"), name="publication_version_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)), fields=("case",), name="publication_one_current"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LibraryEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="entries", to="reports.publication"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("report", "Report"),
                            ("practice", "Good practice"),
                            ("recommendation", "Recommendation"),
                        ],
                        max_length=16,
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, help_text="The order in its publication.")),
                (
                    "anchor",
                    models.CharField(
                        blank=True, help_text="Where it stands on the page of the publication.", max_length=60
                    ),
                ),
                (
                    "source_id",
                    models.PositiveBigIntegerField(
                        blank=True,
                        help_text="The finding or recommendation of the case, for its status today.",
                        null=True,
                    ),
                ),
                ("title", models.CharField(max_length=300)),
                ("summary", models.TextField(blank=True, help_text="Its own words without marks, for lists.")),
                (
                    "details",
                    models.JSONField(
                        blank=True, default=dict, help_text="Number, addressee, time frame, effort, as published."
                    ),
                ),
                ("is_current", models.BooleanField(default=True, help_text="As its publication.")),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "verbose_name_plural": "library entries",
                "ordering": ("-published_at", "-publication_id", "position"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_current", True)),
                        fields=["kind", "-published_at", "-publication", "position"],
                        name="library_entry_newest",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["report", "practice", "recommendation"])),
                        name="library_entry_kind_known",
                    ),
                    models.UniqueConstraint(fields=("publication", "kind", "position"), name="library_entry_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="EntryText",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="reports.libraryentry",
                    ),
                ),
                (
                    "title",
                    models.TextField(blank=True, help_text="The words of the title: what is found there comes first."),
                ),
                ("words", models.TextField(blank=True)),
                (
                    "said",
                    models.TextField(blank=True, help_text="As it was published, without marks: one line a paragraph."),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="report", to="reviews.case"
                    ),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("drafting", "Being written"),
                            ("fact_check", "With the host for the fact check"),
                            ("final", "Final"),
                            ("published", "Published"),
                            ("superseded", "Replaced by a newer version"),
                        ],
                        default="drafting",
                        max_length=24,
                        protected=True,
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="Number of the version that is or was written."),
                ),
                ("fact_check_due", models.DateField(blank=True, null=True)),
                ("fact_check_closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "fact_check_reminded",
                    models.DateField(
                        blank=True, help_text="The last day of comments that the host was reminded of.", null=True
                    ),
                ),
                (
                    "fact_check_told",
                    models.DateField(
                        blank=True, help_text="The last day of comments whose end everybody was told of.", null=True
                    ),
                ),
                (
                    "consent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("consent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "consent_hash",
                    models.CharField(blank=True, help_text="SHA-256 of what the host consented to.", max_length=64),
                ),
                (
                    "host_statement",
                    models.TextField(blank=True, help_text="The host's own words, printed with the report."),
                ),
                ("host_statement_version", models.PositiveIntegerField(default=1)),
                (
                    "host_statement_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("host_statement_at", models.DateTimeField(blank=True, null=True)),
                ("finalised_at", models.DateTimeField(blank=True, null=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everybody"), ("members", "Members of the network only")],
                        default="public",
                        max_length=8,
                    ),
                ),
                (
                    "licence",
                    models.CharField(
                        choices=[
                            ("CC-BY-4.0", "Creative Commons Attribution 4.0"),
                            ("CC-BY-SA-4.0", "Creative Commons Attribution-ShareAlike 4.0"),
                            ("CC-BY-NC-4.0", "Creative Commons Attribution-NonCommercial 4.0"),
                            ("reserved", "All rights reserved"),
                        ],
                        default="CC-BY-4.0",
                        max_length=16,
                    ),
                ),
                (
                    "sponsor_informed_at",
                    models.DateTimeField(
                        blank=True, help_text="When the host's sponsor was told of the final text.", null=True
                    ),
                ),
                (
                    "sponsor_informed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "erratum",
                    models.TextField(blank=True, help_text="What a new version changes, printed in it. Markdown."),
                ),
                ("erratum_version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["drafting", "fact_check", "final", "published", "superseded"])
                        ),
                        name="report_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members"])), name="report_audience_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("licence__in", ["CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "reserved"])),
                        name="report_licence_known",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HintSetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="hints_set_aside", to="reports.report"
                    ),
                ),
                ("key", models.CharField(help_text="Hash of the place and the words found.", max_length=64)),
                ("words", models.CharField(max_length=300)),
                ("reason", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "hints set aside",
                "constraints": [models.UniqueConstraint(fields=("report", "key"), name="report_hint_set_aside_once")],
            },
        ),
        migrations.CreateModel(
            name="GoAhead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="go_ahead", to="reports.report"
                    ),
                ),
                ("names", models.TextField(help_text="Who had not confirmed then, as the timeline tells it.")),
                ("reason", models.TextField()),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="confirmations", to="reports.report"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("content_hash", models.CharField(help_text="SHA-256 of what was read.", max_length=64)),
                (
                    "objection",
                    models.TextField(
                        blank=True, help_text="What stands against it; empty: the person stands behind it."
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [models.UniqueConstraint(fields=("report", "user"), name="report_confirmation_once")],
            },
        ),
        migrations.CreateModel(
            name="ReportSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="reports.report"
                    ),
                ),
                ("key", models.CharField(max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("text", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("purpose", models.TextField(blank=True)),
                ("draws", models.JSONField(blank=True, default=list)),
                ("words", models.PositiveIntegerField(default=0, help_text="A usual length; 0 for none.")),
                ("is_required", models.BooleanField(default=False)),
                ("is_annex", models.BooleanField(default=False)),
                ("starts_page", models.BooleanField(default=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Not begun"),
                            ("writing", "Being written"),
                            ("to_read", "Ready to be read by the team"),
                            ("agreed", "Agreed in the team"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="report_sections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "locked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "locked_since",
                    models.DateTimeField(blank=True, help_text="When who holds the lock began.", null=True),
                ),
                (
                    "locked_at",
                    models.DateTimeField(
                        blank=True, help_text="The last sign of life of who holds the lock.", null=True
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, help_text="When the owner was last reminded.", null=True),
                ),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("report", "key"), name="report_section_once"),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "writing", "to_read", "agreed"])),
                        name="report_section_status_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PieceText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pieces", to="reports.reportsection"
                    ),
                ),
                ("key", models.CharField(help_text="What it stands for, such as finding:12.", max_length=60)),
                (
                    "label",
                    models.CharField(
                        blank=True, help_text="What it was called when it was last drawn.", max_length=160
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("base", models.TextField(blank=True)),
                ("is_used", models.BooleanField(default=True, help_text="Whether the report shows these words.")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("section", "key"), name="piece_text_once")],
            },
        ),
        migrations.CreateModel(
            name="PieceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "piece",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reports.piecetext"
                    ),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When these words were last changed."
                    ),
                ),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-kept_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="SectionComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="reports.reportsection"
                    ),
                ),
                ("quoted", models.TextField(blank=True, help_text="The words it is about, as they read then.")),
                ("text", models.TextField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "client_id",
                    models.UUIDField(
                        blank=True, help_text="Made in the page: sent twice, it is one comment.", null=True
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                (
                    "resolved_by",
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
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("section", "client_id"),
                        name="section_comment_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reports.reportsection"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="`ReportSection.version` of this state.")),
                ("text", models.TextField(blank=True)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("note", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [models.UniqueConstraint(fields=("section", "number"), name="section_version_once")],
            },
        ),
        migrations.CreateModel(
            name="SentDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sent_drafts", to="reports.report"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counts the drafts that were sent.")),
                ("content", models.JSONField(help_text="The composed document, as reports.rendering serialises it.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [models.UniqueConstraint(fields=("report", "number"), name="sent_draft_number_once")],
            },
        ),
        migrations.CreateModel(
            name="FactComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="comments", to="reports.report"
                    ),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="reports.sentdraft"
                    ),
                ),
                ("number", models.PositiveIntegerField(help_text="Counted through the report.")),
                ("place", models.CharField(help_text="Anchor of the paragraph, for example s3-p2.", max_length=40)),
                ("label", models.CharField(help_text="How people say the place, for example 3.2.", max_length=20)),
                ("quoted", models.TextField(blank=True, help_text="The paragraph as it read then.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("fact", "A fact is wrong"),
                            ("personal_data", "A person can be recognised"),
                            ("wording", "The wording misleads"),
                            ("disagreement", "We see it differently"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField()),
                ("proposal", models.TextField(blank=True)),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, help_text="When the proposal was put into the text.", null=True),
                ),
                (
                    "is_printed",
                    models.BooleanField(default=False, help_text="The host has this printed with its response."),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, help_text="Counts the changes of the host's words."),
                ),
                ("edited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "client_id",
                    models.UUIDField(
                        blank=True, help_text="Made in the page: sent twice, it is one comment.", null=True
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="fact_comments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Accepted"), ("partly", "Accepted in part"), ("declined", "Declined")],
                        max_length=12,
                    ),
                ),
                ("answer_reason", models.TextField(blank=True)),
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
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("evidence", models.ManyToManyField(blank=True, related_name="fact_comments", to="reviews.evidence")),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["fact", "personal_data", "wording", "disagreement"])),
                        name="fact_comment_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["accepted", "partly", "declined", ""])),
                        name="fact_comment_answer_known",
                    ),
                    models.UniqueConstraint(fields=("report", "number"), name="fact_comment_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("report", "client_id"),
                        name="fact_comment_sent_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answer__in", ("", "accepted")),
                            models.Q(("answer_reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="fact_comment_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Shelf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everybody"), ("members", "Members of the network only")],
                        help_text="Who reads.",
                        max_length=8,
                        unique=True,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "shelves",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("audience__in", ["public", "members"])), name="shelf_audience_known"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Subject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "publication",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="subjects", to="reports.publication"
                    ),
                ),
                (
                    "scheme",
                    models.CharField(
                        choices=[
                            ("pillar", "European Pillar of Social Rights"),
                            ("goals", "Sustainable Development Goals"),
                        ],
                        max_length=8,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
            ],
            options={
                "ordering": ("scheme", "number"),
                "indexes": [models.Index(fields=["scheme", "number"], name="subject_by_number")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scheme__in", ["pillar", "goals"])), name="subject_scheme_known"
                    ),
                    models.UniqueConstraint(fields=("publication", "scheme", "number"), name="subject_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="certificates", to="reviews.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certificates",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1, help_text="Hours of work, preparation included.", max_digits=5
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("issued_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("issued_at", "pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "user"), name="certificate_once"),
                    models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="certificate_hours_positive"),
                ],
            },
        ),
    ]
