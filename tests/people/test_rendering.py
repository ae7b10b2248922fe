"""Fields carry label, help and error, tied together for screen readers."""

from django import forms


class _Form(forms.Form):
    name = forms.CharField(help_text="As on the badge.")
    city = forms.CharField(required=False)
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="Choose <one>.")
    sure = forms.BooleanField()
    token = forms.CharField(widget=forms.HiddenInput, required=False)


class _Draft(forms.Form):
    one = forms.CharField(required=False)
    two = forms.CharField(required=False)


def test_a_field_points_to_its_help_and_its_error() -> None:
    html = _Form({})["name"].as_field_group()
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="help" id="id_name_helptext">As on the badge.</p>' in html
    assert (
        '<p class="error" id="id_name_error"><span class="visually-hidden">Error: </span>Please fill this in.</p>'
        in html
    )
    assert '<label class="label" for="id_name">Name</label>' in html


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = _Form()["kind"].as_field_group()
    assert '<fieldset class="field" aria-describedby="id_kind_helptext">' in html
    assert '<legend class="label">Kind</legend>' in html
    assert "Choose &lt;one&gt;." in html


def test_a_tick_box_stands_before_its_label() -> None:
    html = _Form()["sure"].as_field_group()
    assert html.index("<input") < html.index('<label for="id_sure">Sure</label>')


def test_optional_is_said_where_other_fields_must_be_filled_in() -> None:
    assert '<span class="optional">(optional)</span>' in _Form()["city"].as_field_group()
    assert "(optional)" not in _Form()["name"].as_field_group()


def test_optional_is_not_said_in_a_draft_that_demands_nothing() -> None:
    assert "(optional)" not in _Draft().render()


def test_a_whole_form_starts_with_the_summary_of_its_errors() -> None:
    html = _Form({"name": "Ana", "kind": "a"}).render()
    assert html.startswith('<div class="error-summary"')
    assert '<a href="#id_sure">Sure: Please tick this.</a>' in html
    assert html.endswith('<input type="hidden" name="token" id="id_token">')


def test_a_form_without_errors_has_no_summary() -> None:
    assert "error-summary" not in _Form().render()


def test_no_field_has_an_inline_style_or_script() -> None:
    html = _Form({}).render()
    assert "style=" not in html
    assert "<script" not in html
