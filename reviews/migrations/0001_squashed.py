"""All migrations so far in one, with everything inside CreateModel: a new database is made four times as quickly.

A database that has only some of them goes on with those.
"""

import django.db.models.deletion
import django.utils.timezone
import django_fsm
import reviews.models.evidence
import reviews.models.filled_forms
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("reviews", "0001_initial"),
        ("reviews", "0002_self_assessment_deepened"),
        ("reviews", "0003_principles_and_goals"),
    ]

    initial = True

    dependencies = [
        ("people", "0001_squashed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=80, unique=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "host_city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hosted_cases", to="people.city"
                    ),
                ),
                (
                    "working_group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="people.workinggroup"
                    ),
                ),
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
                (
                    "principles",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Numbers of the European Pillar of Social Rights' principles, 1 to 20.",
                    ),
                ),
                (
                    "goals",
                    models.JSONField(
                        blank=True, default=list, help_text="Numbers of Sustainable Development Goals, 1 to 17."
                    ),
                ),
                ("challenge", models.TextField(blank=True)),
                ("off_limits", models.TextField(blank=True)),
                (
                    "wants",
                    models.CharField(
                        choices=[
                            ("ideas", "Observations and ideas for development"),
                            ("observations", "Only observations"),
                        ],
                        default="ideas",
                        max_length=16,
                    ),
                ),
                (
                    "language",
                    models.CharField(default="en", help_text="Language of the documents, BCP 47.", max_length=12),
                ),
                ("visit_start", models.DateField(blank=True, null=True)),
                ("visit_end", models.DateField(blank=True, null=True)),
                (
                    "stage",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Proposal"),
                            ("planning", "Preparation"),
                            ("self_assessment", "Self-assessment"),
                            ("feedback", "Visit and feedback"),
                            ("reporting", "Report"),
                            ("follow_up", "Follow-up"),
                            ("closed", "Closed"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                (
                    "paused_stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("draft", "Proposal"),
                            ("planning", "Preparation"),
                            ("self_assessment", "Self-assessment"),
                            ("feedback", "Visit and feedback"),
                            ("reporting", "Report"),
                            ("follow_up", "Follow-up"),
                            ("closed", "Closed"),
                            ("postponed", "Postponed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="",
                        max_length=24,
                    ),
                ),
                (
                    "scope_version",
                    models.PositiveIntegerField(default=1, help_text="Counts the saved states of the scope's texts."),
                ),
                ("scope_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("team_confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("findings_shared_at", models.DateTimeField(blank=True, null=True)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                (
                    "demonstration_note",
                    models.CharField(blank=True, help_text="What in this case is invented.", max_length=300),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="proposed_cases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "moved_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, help_text="When the case last changed its stage."
                    ),
                ),
            ],
            options={
                "ordering": ("-visit_start", "-pk"),
                "indexes": [
                    models.Index(fields=["-visit_start", "-id"], name="case_by_visit"),
                    models.Index(fields=["stage", "-visit_start", "-id"], name="case_by_stage"),
                    models.Index(fields=["host_city", "-visit_start"], name="case_by_city"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stage__in",
                                [
                                    "draft",
                                    "planning",
                                    "self_assessment",
                                    "feedback",
                                    "reporting",
                                    "follow_up",
                                    "closed",
                                    "postponed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="case_stage_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "paused_stage__in",
                                [
                                    "draft",
                                    "planning",
                                    "self_assessment",
                                    "feedback",
                                    "reporting",
                                    "follow_up",
                                    "closed",
                                    "postponed",
                                    "cancelled",
                                    "",
                                ],
                            )
                        ),
                        name="case_paused_stage_known",
                    ),
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
                        name="case_theme_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wants__in", ["ideas", "observations"])), name="case_wants_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("visit_end__isnull", True), ("visit_end__gte", models.F("visit_start")), _connector="OR"
                        ),
                        name="case_visit_ends_after_it_starts",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="GuidingQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="guiding_questions", to="reviews.case"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("text", models.CharField(max_length=400)),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("case", "position"), name="guiding_question_position_once"),
                    models.CheckConstraint(
                        condition=models.Q(("position__gte", 1), ("position__lte", 3)),
                        name="guiding_question_three_at_most",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Draft"),
                            ("shared", "Shared with the host"),
                            ("agreed", "Agreed"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status_reason",
                    models.TextField(blank=True, help_text="Why it was taken back or dropped, while it is."),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="findings", to="reviews.case"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strength", "Strength"),
                            ("consideration", "Area for consideration"),
                            ("question", "Question"),
                            ("good_practice", "Good practice"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "theme",
                    models.CharField(
                        blank=True, help_text="The heading under which the report shows it.", max_length=120
                    ),
                ),
                (
                    "guiding_question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="findings",
                        to="reviews.guidingquestion",
                    ),
                ),
                (
                    "single_source_reason",
                    models.CharField(blank=True, help_text="Why one source is enough.", max_length=300),
                ),
            ],
            options={
                "ordering": ("position", "pk"),
                "indexes": [models.Index(fields=["case", "status", "position"], name="finding_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["strength", "consideration", "question", "good_practice"])),
                        name="finding_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "shared", "agreed", "dropped"])),
                        name="finding_status_known",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="InterestDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="declarations", to="reviews.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declarations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "interest",
                    models.CharField(
                        choices=[
                            ("none", "I have no conflict of interest"),
                            ("declared", "I have something to declare"),
                            ("not_eligible", "I should not take part"),
                        ],
                        max_length=16,
                    ),
                ),
                ("text", models.TextField(blank=True)),
                ("declared_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a decision"),
                            ("cleared", "May take part"),
                            ("refused", "May not take part"),
                        ],
                        default="pending",
                        max_length=16,
                    ),
                ),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="interests_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("is_current", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ("-declared_at",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("decision", "pending")), fields=["case"], name="declaration_waiting"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("interest__in", ["none", "declared", "not_eligible"])),
                        name="declaration_interest_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["pending", "cleared", "refused"])),
                        name="declaration_decision_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_current", True)),
                        fields=("case", "user"),
                        name="declaration_one_current",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="reviews.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretariat", "Secretariat"),
                            ("lead", "Review lead"),
                            ("critical_friend", "Critical friend"),
                            ("rapporteur", "Rapporteur"),
                            ("host_coordinator", "Host coordinator"),
                            ("host_sponsor", "Host political sponsor"),
                            ("host_contributor", "Host contributor"),
                            ("observer", "Observer"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="memberships_given",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("added_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("case", "role", "user__name"),
                "indexes": [models.Index(fields=["user", "role", "case"], name="membership_of_user")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "secretariat",
                                    "lead",
                                    "critical_friend",
                                    "rapporteur",
                                    "host_coordinator",
                                    "host_sponsor",
                                    "host_contributor",
                                    "observer",
                                ],
                            )
                        ),
                        name="membership_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("role", "secretariat"), _negated=True), name="membership_not_secretariat"
                    ),
                    models.UniqueConstraint(fields=("case", "user", "role"), name="membership_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "lead")), fields=("case",), name="membership_one_lead_per_case"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="reviews.case"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("scope_agreed", "Scope and guiding questions agreed"),
                            ("team_confirmed", "Team proposed and interests declared"),
                            ("programme_draft", "Draft programme"),
                            ("self_assessment_due", "Self-assessment submitted"),
                            ("self_assessment_accepted", "Self-assessment accepted and released"),
                            ("desk_review", "Desk review: questions and requests"),
                            ("programme_frozen", "Programme frozen, handbook issued"),
                            ("visit", "Study visit"),
                            ("feedback_shared", "Findings released to the host"),
                            ("report_draft", "Draft report to the host"),
                            ("fact_check", "Factual comments back"),
                            ("report_final", "Final report approved"),
                            ("report_published", "Report published"),
                            ("action_plan", "Responses and action plan"),
                            ("progress_review", "Progress review"),
                        ],
                        max_length=32,
                    ),
                ),
                (
                    "owner",
                    models.CharField(
                        choices=[
                            ("secretariat", "Secretariat"),
                            ("lead", "Review lead"),
                            ("critical_friend", "Critical friend"),
                            ("rapporteur", "Rapporteur"),
                            ("host_coordinator", "Host coordinator"),
                            ("host_sponsor", "Host political sponsor"),
                            ("host_contributor", "Host contributor"),
                            ("observer", "Observer"),
                        ],
                        max_length=24,
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("is_manual", models.BooleanField(default=False)),
                (
                    "status",
                    models.CharField(
                        choices=[("waiting", "Not yet"), ("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("due", "pk"),
                "indexes": [
                    models.Index(fields=["owner", "status", "due", "id"], name="milestone_tasks"),
                    models.Index(fields=["due", "id"], name="milestone_calendar"),
                    models.Index(
                        condition=models.Q(("status", "open")), fields=["due", "id"], name="milestone_open_by_due"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "scope_agreed",
                                    "team_confirmed",
                                    "programme_draft",
                                    "self_assessment_due",
                                    "self_assessment_accepted",
                                    "desk_review",
                                    "programme_frozen",
                                    "visit",
                                    "feedback_shared",
                                    "report_draft",
                                    "fact_check",
                                    "report_final",
                                    "report_published",
                                    "action_plan",
                                    "progress_review",
                                ],
                            )
                        ),
                        name="milestone_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "owner__in",
                                [
                                    "secretariat",
                                    "lead",
                                    "critical_friend",
                                    "rapporteur",
                                    "host_coordinator",
                                    "host_sponsor",
                                    "host_contributor",
                                    "observer",
                                ],
                            )
                        ),
                        name="milestone_owner_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["waiting", "open", "done", "dropped"])),
                        name="milestone_status_known",
                    ),
                    models.UniqueConstraint(fields=("case", "kind"), name="milestone_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="reviews.case"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections_to",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", models.TextField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for a decision"),
                            ("stays", "The person stays"),
                            ("leaves", "The person leaves the team"),
                        ],
                        default="pending",
                        max_length=16,
                    ),
                ),
                ("decision_reason", models.TextField(blank=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="objections_decided",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["pending", "stays", "leaves"])),
                        name="objection_decision_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "pending")), fields=("case", "user"), name="objection_one_open"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=160)),
                ("slug", models.SlugField(max_length=80)),
                ("version", models.PositiveIntegerField(default=1)),
                ("language", models.CharField(default="en", max_length=12)),
                ("is_current", models.BooleanField(default=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("retired", "Retired")],
                        default="published",
                        max_length=12,
                    ),
                ),
                (
                    "languages",
                    models.JSONField(
                        blank=True, default=list, help_text="Codes of the languages it is translated into."
                    ),
                ),
                ("translations", models.JSONField(blank=True, default=dict, help_text="By language: name.")),
                (
                    "changes",
                    models.TextField(blank=True, help_text="What is new in this version, for the secretariat."),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("saves", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("name", "-version"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "published", "retired"])),
                        name="question_set_status_known",
                    ),
                    models.UniqueConstraint(fields=("slug", "version", "language"), name="question_set_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Recommendation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("position", models.PositiveIntegerField(default=0)),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Draft"),
                            ("shared", "Shared with the host"),
                            ("agreed", "Agreed"),
                            ("dropped", "Dropped"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("shared_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status_reason",
                    models.TextField(blank=True, help_text="Why it was taken back or dropped, while it is."),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recommendations", to="reviews.case"
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("addressee", models.CharField(blank=True, max_length=160)),
                ("time_frame", models.CharField(blank=True, max_length=80)),
                (
                    "effort",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("current", "With current resources"),
                            ("modest", "With modest extra resources"),
                            ("substantial", "With substantial extra resources"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "impact",
                    models.CharField(
                        blank=True, choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")], max_length=8
                    ),
                ),
                (
                    "feasibility",
                    models.CharField(
                        blank=True, choices=[("high", "High"), ("medium", "Medium"), ("low", "Low")], max_length=8
                    ),
                ),
                ("findings", models.ManyToManyField(related_name="recommendations", to="reviews.finding")),
            ],
            options={
                "ordering": ("position", "pk"),
                "indexes": [models.Index(fields=["case", "status", "position"], name="recommendation_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "shared", "agreed", "dropped"])),
                        name="recommendation_status_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("effort__in", ["current", "modest", "substantial", ""])),
                        name="recommendation_effort_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("impact__in", ["high", "medium", "low", ""])),
                        name="recommendation_impact_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("feasibility__in", ["high", "medium", "low", ""])),
                        name="recommendation_feasibility_known",
                    ),
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="HostResponse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="response",
                        to="reviews.recommendation",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("partly", "Partly accepted"), ("rejected", "Not accepted")],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["accepted", "partly", "rejected"])),
                        name="response_decision_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "accepted"), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="response_refusal_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "recommendation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="actions", to="reviews.recommendation"
                    ),
                ),
                ("text", models.TextField()),
                ("owner", models.CharField(blank=True, max_length=160)),
                ("due", models.DateField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("on_track", "On track"),
                            ("delayed", "Delayed"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                        ],
                        default="planned",
                        max_length=12,
                    ),
                ),
                ("progress", models.TextField(blank=True, help_text="What has changed, and how one can see it.")),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ("due", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["planned", "on_track", "delayed", "done", "stopped"])),
                        name="action_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question_set",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sections", to="reviews.questionset"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=160)),
                ("help_text", models.TextField(blank=True)),
                (
                    "translations",
                    models.JSONField(blank=True, default=dict, help_text="By language: title, help_text."),
                ),
                ("saves", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("position",),
                "constraints": [
                    models.UniqueConstraint(fields=("question_set", "position"), name="section_position_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="questions", to="reviews.section"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("key", models.SlugField(blank=True, db_index=False, max_length=60)),
                ("text", models.CharField(max_length=400)),
                ("help_text", models.TextField(blank=True)),
                ("is_required", models.BooleanField(default=True)),
                ("is_rated", models.BooleanField(default=False)),
                ("max_words", models.PositiveIntegerField(default=250)),
                (
                    "condition",
                    models.CharField(
                        choices=[
                            ("always", "Always"),
                            ("repeat", "When the city was reviewed before"),
                            ("theme", "When the review has one of these themes"),
                            ("answered", "When another question is answered"),
                            ("rated", "When another question is rated so"),
                        ],
                        default="always",
                        help_text="When it is asked.",
                        max_length=16,
                    ),
                ),
                (
                    "condition_value",
                    models.CharField(
                        blank=True,
                        help_text="The themes, the key of the other question, or that key with ratings (`key:starting,developing`).",
                        max_length=200,
                    ),
                ),
                (
                    "prompts",
                    models.TextField(blank=True, help_text="Guiding questions that help to answer, one a line."),
                ),
                (
                    "translations",
                    models.JSONField(blank=True, default=dict, help_text="By language: text, help_text, prompts."),
                ),
                ("saves", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ("number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("condition__in", ["always", "repeat", "theme", "answered", "rated"])),
                        name="question_condition_known",
                    ),
                    models.UniqueConstraint(fields=("section", "number"), name="question_number_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="evidence", to="reviews.case"
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evidence",
                        to="reviews.section",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("strategy", "Strategy or plan"),
                            ("decision", "Council decision"),
                            ("budget", "Budget extract"),
                            ("statistics", "Statistics"),
                            ("survey", "Survey result"),
                            ("evaluation", "Evaluation"),
                            ("leaflet", "Programme leaflet"),
                            ("organisation", "Organisation chart"),
                            ("case_description", "Case description, anonymised"),
                            ("photo", "Photo"),
                            ("earlier_report", "Earlier review report"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=24,
                    ),
                ),
                (
                    "access_class",
                    models.CharField(
                        choices=[("team", "Host and review team"), ("public", "Public"), ("host", "Host only")],
                        default="team",
                        max_length=8,
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=12)),
                ("dated", models.DateField(blank=True, help_text="The date of the thing itself.", null=True)),
                ("note", models.TextField(blank=True, help_text="What it shows.")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="announced_evidence",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("due", models.DateField(blank=True, help_text="By when an announced file is promised.", null=True)),
                ("number", models.PositiveSmallIntegerField(default=1, help_text="Counts the versions of the file.")),
                ("file", models.FileField(blank=True, max_length=200, upload_to=reviews.models.evidence.evidence_path)),
                ("file_name", models.CharField(blank=True, max_length=255)),
                ("content_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveBigIntegerField(default=0, help_text="Bytes.")),
                ("sha256", models.CharField(blank=True, max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[("not_scanned", "Not scanned"), ("clean", "Nothing found")],
                        default="not_scanned",
                        max_length=12,
                    ),
                ),
                ("scanned_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="evidence",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reminded_at",
                    models.DateTimeField(blank=True, help_text="When its owner was told that it is due.", null=True),
                ),
                ("saves", models.PositiveIntegerField(default=1, help_text="Counts the saves of what is said of it.")),
                ("questions", models.ManyToManyField(blank=True, related_name="evidence", to="reviews.question")),
            ],
            options={
                "verbose_name_plural": "evidence",
                "ordering": ("section__position", "title"),
                "indexes": [models.Index(fields=["case", "removed_at"], name="evidence_of_case")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "strategy",
                                    "decision",
                                    "budget",
                                    "statistics",
                                    "survey",
                                    "evaluation",
                                    "leaflet",
                                    "organisation",
                                    "case_description",
                                    "photo",
                                    "earlier_report",
                                    "other",
                                ],
                            )
                        ),
                        name="evidence_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("access_class__in", ["team", "public", "host"])),
                        name="evidence_class_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("scan__in", ["not_scanned", "clean"])), name="evidence_scan_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="events", to="reviews.case"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("created", "Proposal written"),
                            ("step", "Step"),
                            ("step_back", "Step back"),
                            ("edited", "Changed"),
                            ("invited", "Invited to the case"),
                            ("role_given", "Role given"),
                            ("role_taken", "Role taken away"),
                            ("interest_declared", "Interests declared"),
                            ("interest_decided", "Interest decided"),
                            ("uploaded", "File added"),
                            ("removed", "Removed"),
                            ("restored", "Restored"),
                            ("downloaded", "Downloaded"),
                            ("read", "Read"),
                            ("shared", "Shared with the host"),
                            ("returned", "Returned with a reason"),
                            ("commented", "Commented"),
                            ("answered", "Answered"),
                            ("consented", "Consented"),
                            ("signed", "Signed"),
                            ("added", "Added after the release"),
                            ("published", "Published"),
                            ("document", "Document made"),
                            ("responded", "Responded to a recommendation"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="case_events",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("step", models.CharField(blank=True, help_text="Name of the step, for steps.", max_length=40)),
                (
                    "text",
                    models.CharField(help_text="The sentence that people read, without the actor.", max_length=300),
                ),
                ("reason", models.TextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=24)),
                ("target", models.CharField(blank=True, max_length=24)),
                ("team_only", models.BooleanField(default=False, help_text="Not shown to the host.")),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        help_text="The file that `{file}` in the text stands for: named only to those who may know of it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="reviews.evidence",
                    ),
                ),
            ],
            options={
                "ordering": ("-at", "-pk"),
                "indexes": [models.Index(fields=["case", "-at", "-id"], name="case_event_timeline")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "created",
                                    "step",
                                    "step_back",
                                    "edited",
                                    "invited",
                                    "role_given",
                                    "role_taken",
                                    "interest_declared",
                                    "interest_decided",
                                    "uploaded",
                                    "removed",
                                    "restored",
                                    "downloaded",
                                    "read",
                                    "shared",
                                    "returned",
                                    "commented",
                                    "answered",
                                    "consented",
                                    "signed",
                                    "added",
                                    "published",
                                    "document",
                                    "responded",
                                ],
                            )
                        ),
                        name="case_event_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "evidence",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="text", to="reviews.evidence"
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("reading", "Being read"),
                            ("ready", "Read"),
                            ("failed", "Could not be read"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("pages_done", models.PositiveIntegerField(default=0)),
                ("pages_total", models.PositiveIntegerField(default=0, help_text="0 while unknown.")),
                ("words", models.PositiveIntegerField(default=0)),
                ("message", models.CharField(blank=True, help_text="A sentence for people.", max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["status", "queued_at"], name="evidence_text_sweep")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "reading", "ready", "failed"])),
                        name="evidence_text_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidencePage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "evidence_text",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="pages", to="reviews.evidencetext"
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField(blank=True)),
                ("folded", models.TextField(blank=True, help_text="The text as it is searched: people/folding.py.")),
            ],
            options={
                "ordering": ("number",),
                "constraints": [models.UniqueConstraint(fields=("evidence_text", "number"), name="evidence_page_once")],
            },
        ),
        migrations.CreateModel(
            name="EvidenceVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "evidence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="reviews.evidence"
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("file", models.FileField(max_length=200, upload_to="")),
                ("file_name", models.CharField(max_length=255)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "scan",
                    models.CharField(
                        choices=[("not_scanned", "Not scanned"), ("clean", "Nothing found")],
                        default="not_scanned",
                        max_length=12,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("scan__in", ["not_scanned", "clean"])), name="evidence_version_scan_known"
                    ),
                    models.UniqueConstraint(fields=("evidence", "number"), name="evidence_version_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfAssessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="self_assessment", to="reviews.case"
                    ),
                ),
                (
                    "question_set",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="reviews.questionset"),
                ),
                (
                    "status",
                    django_fsm.FSMField(
                        choices=[
                            ("draft", "Being written"),
                            ("submitted", "Submitted"),
                            ("returned", "Returned for changes"),
                            ("accepted", "Accepted and released to the team"),
                        ],
                        default="draft",
                        max_length=24,
                        protected=True,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("submitted_at", models.DateTimeField(blank=True, null=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["draft", "submitted", "returned", "accepted"])),
                        name="self_assessment_status_known",
                    )
                ],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name="FilledForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="filled_forms",
                        to="reviews.selfassessment",
                    ),
                ),
                ("file", models.FileField(max_length=200, upload_to=reviews.models.filled_forms.filled_form_path)),
                ("file_name", models.CharField(max_length=255)),
                ("content_type", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes.")),
                ("sha256", models.CharField(max_length=64)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("reading", "Being read"),
                            ("ready", "Read"),
                            ("failed", "Could not be read"),
                        ],
                        default="queued",
                        max_length=12,
                    ),
                ),
                ("message", models.CharField(blank=True, help_text="A sentence for people.", max_length=300)),
                (
                    "problem",
                    models.SlugField(
                        blank=True, db_index=False, help_text="Why it was not read, for programs.", max_length=16
                    ),
                ),
                (
                    "unmatched",
                    models.JSONField(
                        blank=True, default=list, help_text="Texts that belong to no question of the set."
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("queued_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("heartbeat_at", models.DateTimeField(blank=True, null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, help_text="When nothing in it was left to decide.", null=True),
                ),
            ],
            options={
                "ordering": ("-uploaded_at",),
                "indexes": [models.Index(fields=["status", "queued_at"], name="filled_form_sweep")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["queued", "reading", "ready", "failed"])),
                        name="filled_form_status_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FilledAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="reviews.filledform"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reviews.question"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "rating",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("starting", "Starting"),
                            ("developing", "Developing"),
                            ("established", "Established"),
                            ("leading", "Leading"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=16,
                    ),
                ),
                ("rating_reason", models.TextField(blank=True)),
                (
                    "trend",
                    models.CharField(
                        blank=True,
                        choices=[("better", "Better"), ("same", "The same"), ("worse", "Worse")],
                        max_length=8,
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("open", "To decide"),
                            ("taken", "Taken over"),
                            ("left", "Left as it is"),
                            ("same", "Was there already"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "earlier",
                    models.JSONField(blank=True, default=dict, help_text="What stood there before it was taken over."),
                ),
            ],
            options={
                "ordering": ("question__number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating__in", ["starting", "developing", "established", "leading", "not_applicable", ""])
                        ),
                        name="filled_answer_rating_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trend__in", ["better", "same", "worse", ""])),
                        name="filled_answer_trend_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decision__in", ["open", "taken", "left", "same"])),
                        name="filled_answer_decision_known",
                    ),
                    models.UniqueConstraint(fields=("form", "question"), name="filled_answer_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionVerdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="verdicts",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="reviews.section"
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("accepted", "Fine as it is"), ("returned", "Please change")],
                        max_length=12,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("saves", models.PositiveIntegerField(default=1)),
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
                "ordering": ("section__position",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ["accepted", "returned", ""])), name="verdict_known"
                    ),
                    models.UniqueConstraint(
                        fields=("self_assessment", "section", "version"), name="verdict_once_per_version"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SectionSignature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="section_signatures",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signatures", to="reviews.section"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("section__position", "-at"),
                "constraints": [
                    models.UniqueConstraint(fields=("self_assessment", "section"), name="section_signature_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="presences",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reviews.question"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "presence",
                "constraints": [models.UniqueConstraint(fields=("self_assessment", "user"), name="presence_once")],
            },
        ),
        migrations.CreateModel(
            name="Declined",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="declines",
                        to="reviews.selfassessment",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("message", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "declined",
                "ordering": ("version", "at"),
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="comments",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="reviews.question"
                    ),
                ),
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
                ("mentions", models.ManyToManyField(blank=True, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("self_assessment", "client_id"),
                        name="comment_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="reviews.selfassessment",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="reviews.section",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to="reviews.question",
                    ),
                ),
                ("due", models.DateField(blank=True, null=True)),
                ("reminded_at", models.DateTimeField(blank=True, null=True)),
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
                "ordering": ("section__position", "question__number", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("self_assessment", "user", "section"), name="assignment_of_section_once"
                    ),
                    models.UniqueConstraint(
                        fields=("self_assessment", "user", "question"), name="assignment_of_question_once"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("question__isnull", True), ("section__isnull", True)),
                        fields=("self_assessment", "user"),
                        name="assignment_of_all_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("section__isnull", True), ("question__isnull", True), _connector="OR"),
                        name="assignment_is_section_or_question",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="reviews.selfassessment"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="reviews.question"
                    ),
                ),
                ("text", models.TextField(blank=True)),
                (
                    "rating",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("starting", "Starting"),
                            ("developing", "Developing"),
                            ("established", "Established"),
                            ("leading", "Leading"),
                            ("not_applicable", "Not applicable"),
                        ],
                        max_length=16,
                    ),
                ),
                ("rating_reason", models.TextField(blank=True)),
                (
                    "trend",
                    models.CharField(
                        blank=True,
                        choices=[("better", "Better"), ("same", "The same"), ("worse", "Worse")],
                        max_length=8,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "updated_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="answers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("question__number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rating__in", ["starting", "developing", "established", "leading", "not_applicable", ""])
                        ),
                        name="answer_rating_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("trend__in", ["better", "same", "worse", ""])), name="answer_trend_known"
                    ),
                    models.UniqueConstraint(fields=("self_assessment", "question"), name="answer_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="addenda", to="reviews.selfassessment"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="reviews.question",
                    ),
                ),
                ("text", models.TextField()),
                (
                    "client_id",
                    models.UUIDField(
                        blank=True, help_text="Made in the page: sent twice, it is one addendum.", null=True
                    ),
                ),
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
                "verbose_name_plural": "addenda",
                "ordering": ("at", "pk"),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("client_id__isnull", False)),
                        fields=("self_assessment", "client_id"),
                        name="addendum_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SelfAssessmentVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="reviews.selfassessment",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("content", models.JSONField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("submitted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("self_assessment", "number"), name="self_assessment_version_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SetAside",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="set_aside",
                        to="reviews.selfassessment",
                    ),
                ),
                ("key", models.CharField(max_length=64)),
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
                "verbose_name_plural": "set aside",
                "constraints": [models.UniqueConstraint(fields=("self_assessment", "key"), name="set_aside_once")],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "self_assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signatures",
                        to="reviews.selfassessment",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("secretariat", "Secretariat"),
                            ("lead", "Review lead"),
                            ("critical_friend", "Critical friend"),
                            ("rapporteur", "Rapporteur"),
                            ("host_coordinator", "Host coordinator"),
                            ("host_sponsor", "Host political sponsor"),
                            ("host_contributor", "Host contributor"),
                            ("observer", "Observer"),
                        ],
                        max_length=24,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                ("function", models.CharField(blank=True, help_text="The office in which they sign.", max_length=160)),
                ("sha256", models.CharField(max_length=64)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("version", "at"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "secretariat",
                                    "lead",
                                    "critical_friend",
                                    "rapporteur",
                                    "host_coordinator",
                                    "host_sponsor",
                                    "host_contributor",
                                    "observer",
                                ],
                            )
                        ),
                        name="signature_role_known",
                    ),
                    models.UniqueConstraint(
                        fields=("self_assessment", "version", "role", "sha256"), name="signature_once"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="uploads", to="reviews.case"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("file_name", models.CharField(max_length=255)),
                ("size", models.PositiveBigIntegerField(help_text="Bytes that it will have.")),
                ("received", models.PositiveBigIntegerField(default=0, help_text="Bytes that are here.")),
                ("described", models.JSONField(blank=True, default=dict, help_text="What was said of it.")),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        help_text="The row that gets this file; empty for a new row until it is there.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uploads",
                        to="reviews.evidence",
                    ),
                ),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("begun_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ("-begun_at",),
                "indexes": [models.Index(fields=["touched_at"], name="upload_sweep")],
            },
        ),
    ]
