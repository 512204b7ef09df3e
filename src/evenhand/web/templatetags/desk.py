"""Puts a page of signing in, which is a Django template, into the desk's one frame, which is a Jinja2 template."""

from __future__ import annotations

from django import template
from django.forms import BaseForm, BoundField
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from evenhand.web.pages import rendered

register = template.Library()

FRAME = "web/account.html"


@register.simple_tag(takes_context=True)
def framed(context: Context, title: str, content: SafeString, scripts: SafeString) -> SafeString:
    """The whole page: `content` under `title`, in the frame that every other page has."""
    form = context.get("form")
    errors = errors_of(form) if form is not None else []
    page = rendered(context["request"], FRAME, title=title.strip(), content=content, scripts=scripts, errors=errors)
    return mark_safe(page)  # noqa: S308 - escaped by Jinja2


def errors_of(form: BaseForm) -> list[tuple[str, str]]:
    """Each fault of a form with the place on the page to mend it."""
    somewhere = next((f"#{field.id_for_label}" for field in form.visible_fields()), "#main")
    general = [(str(fault), somewhere) for fault in form.non_field_errors()]
    hidden = [(str(fault), somewhere) for field in form.hidden_fields() for fault in field.errors]
    shown = [(str(fault), f"#{field.id_for_label}") for field in form.visible_fields() for fault in field.errors]
    return general + hidden + shown


@register.filter
def described_by(field: BoundField) -> SafeString:
    """The input of a field, dressed and tied to its hint and its faults for those who hear the page read."""
    attrs = field.field.widget.attrs
    parts = [f"{field.auto_id}-hint"] if field.help_text else []
    parts += [f"{field.auto_id}-error"] if field.errors else []
    dressed: dict[str, str | bool] = {
        "class": _class_of(field) + (" govuk-input--error" if field.errors else ""),
        "placeholder": "",
    }
    if parts:
        dressed["aria-describedby"] = " ".join(parts)
    if field.field.required and "required" in attrs:
        dressed["required"] = attrs["required"]
    rendered: SafeString = field.as_widget(attrs=dressed)
    return rendered


def _class_of(field: BoundField) -> str:
    kind = getattr(field.field.widget, "input_type", "text")
    if kind == "checkbox":
        return "govuk-checkboxes__input"
    return "govuk-input govuk-input--width-10" if field.name == "code" else "govuk-input govuk-!-width-two-thirds"
