"""Addresses of the question sets, below /question-sets/. They belong to the namespace of the reviews."""

from django.urls import path

from reviews.views import question_set_editor as editor
from reviews.views import question_set_translations as translations
from reviews.views import question_sets

UP, DOWN = {"way": "up"}, {"way": "down"}

urlpatterns = [
    path("", question_sets.question_sets, name="question_sets"),
    path("new/", question_sets.new, name="question_set_new"),
    path("import/", question_sets.import_file, name="question_set_import"),
    path("<int:pk>/", question_sets.question_set, name="question_set"),
    path("<int:pk>/file/", question_sets.file, name="question_set_file"),
    path("<int:pk>/delete/", question_sets.delete, name="question_set_delete"),
    path("<int:pk>/steps/<slug:name>/", question_sets.step, name="question_set_step"),
    # --- The editor of a draft --------------------------------------------------------------------
    path("<int:pk>/edit/", editor.edit, name="question_set_edit"),
    path("<int:pk>/restore/", editor.restore, name="question_set_restore"),
    path("<int:pk>/sections/", editor.add_section, name="question_set_add_section"),
    path("<int:pk>/sections/<int:section>/", editor.section, name="question_set_section"),
    path("<int:pk>/sections/<int:section>/up/", editor.move_section, UP, name="question_set_section_up"),
    path("<int:pk>/sections/<int:section>/down/", editor.move_section, DOWN, name="question_set_section_down"),
    path("<int:pk>/sections/<int:section>/remove/", editor.remove_section, name="question_set_remove_section"),
    path("<int:pk>/sections/<int:section>/questions/", editor.add_question, name="question_set_add_question"),
    path("<int:pk>/questions/<int:question>/", editor.question, name="question_set_question"),
    path("<int:pk>/questions/<int:question>/up/", editor.move_question, UP, name="question_set_question_up"),
    path("<int:pk>/questions/<int:question>/down/", editor.move_question, DOWN, name="question_set_question_down"),
    path("<int:pk>/questions/<int:question>/remove/", editor.remove_question, name="question_set_remove_question"),
    # --- Translations -----------------------------------------------------------------------------
    path("<int:pk>/translations/", translations.add, name="question_set_add_language"),
    path("<int:pk>/translations/<slug:language>/", translations.translation, name="question_set_translation"),
    path("<int:pk>/translations/<slug:language>/remove/", translations.remove, name="question_set_remove_language"),
    path(
        "<int:pk>/translations/<slug:language>/<slug:kind>/<int:row>/",
        translations.translate,
        name="question_set_translate",
    ),
    path(
        "<int:pk>/translations/<slug:language>/<slug:kind>/<int:row>/still-right/",
        translations.still_right,
        name="question_set_still_right",
    ),
]
