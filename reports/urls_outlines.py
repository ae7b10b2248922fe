"""Addresses of outlines and looks: what the secretariat keeps for the reports of each working group."""

from django.urls import path, re_path

from reports.views import looks, outline_editor, outlines

_OUTLINE = "outlines/<int:pk>/"
_SECTION = f"{_OUTLINE}sections/<int:section>/"
_DRAW = f"{_SECTION}draws/<slug:draw>/"
_UP, _DOWN = {"way": "up"}, {"way": "down"}

urlpatterns = [
    path("outlines/", outlines.outlines, name="outlines"),
    path("outlines/built-in/", outlines.built_in_outline, name="outline_built_in"),
    path("outlines/built-in/file/", outlines.built_in_file, name="outline_built_in_file"),
    path("outlines/begin/", outlines.begin_outline, name="outline_begin"),
    path("outlines/import/", outlines.import_outline, name="outline_import"),
    path(_OUTLINE, outlines.outline, name="outline"),
    path(f"{_OUTLINE}file/", outlines.outline_file, name="outline_file"),
    path(f"{_OUTLINE}remove/", outlines.remove_outline, name="outline_remove"),
    path(f"{_OUTLINE}edit/", outline_editor.edit, name="outline_edit"),
    path(f"{_OUTLINE}restore/", outline_editor.restore, name="outline_restore"),
    path(f"{_OUTLINE}sections/add/", outline_editor.add_section, name="outline_add_section"),
    path(_SECTION, outline_editor.section, name="outline_section"),
    path(f"{_SECTION}up/", outline_editor.move_section, _UP, name="outline_section_up"),
    path(f"{_SECTION}down/", outline_editor.move_section, _DOWN, name="outline_section_down"),
    path(f"{_SECTION}remove/", outline_editor.remove_section, name="outline_remove_section"),
    path(f"{_SECTION}draws/", outline_editor.add_draw, name="outline_add_draw"),
    path(f"{_DRAW}up/", outline_editor.move_draw, _UP, name="outline_draw_up"),
    path(f"{_DRAW}down/", outline_editor.move_draw, _DOWN, name="outline_draw_down"),
    path(f"{_DRAW}remove/", outline_editor.remove_draw, name="outline_remove_draw"),
    path("groups/<slug:group>/look/", looks.look, name="group_look"),
    re_path(r"^looks/(?P<colour>[0-9a-f]{6})\.css$", looks.stylesheet, name="look_css"),
    re_path(r"^looks/(?P<group>[-a-zA-Z0-9_]+)/(?P<picture>[0-9a-f]{64}\.png)$", looks.logo, name="look_logo"),
]
