"""Form fields for the registers' pages, and how a form is drawn: validation is here, saving is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from evenhand.casework.steps.base import FIRST_DAY, LAST_DAY

FILL_IN = "Fill this in."
NO_SUCH_DAY = "Enter a day that exists, such as 6 8 2026."


class DayWidget(forms.MultiWidget):
    """Day, month and year in three inputs, named `<name>-day` and so on."""

    def __init__(self) -> None:
        super().__init__({"day": forms.TextInput(), "month": forms.TextInput(), "year": forms.TextInput()})
        self.widgets_names = ["-day", "-month", "-year"]

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class Day(forms.MultiValueField):
    """A day typed as three numbers."""

    widget = DayWidget

    def __init__(self, **options: Any) -> None:
        parts = [forms.CharField(required=False) for _ in range(3)]
        super().__init__(parts, require_all_fields=False, **options)

    def compress(self, data_list: Sequence[str]) -> date | None:
        if not any(data_list):
            if self.required:  # only blanks were typed, which Django takes for words
                raise forms.ValidationError(self.error_messages["required"])
            return None
        try:
            typed = date(*(int(part) for part in reversed(data_list)))
        except (ValueError, OverflowError):
            raise forms.ValidationError(NO_SUCH_DAY) from None
        if not FIRST_DAY <= typed < LAST_DAY:
            raise forms.ValidationError("Enter a day between 1900 and 2199.")
        return typed


class RegisterForm(forms.Form):
    """A form of the registers. `since` and `until`, where it has both, must be in order."""

    def __init__(self, *parts: Any, **options: Any) -> None:
        super().__init__(*parts, **options)
        for field in self.fields.values():
            field.error_messages["required"] = FILL_IN

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "Enter a last day that is not before the first.")
        return data

    @property
    def drawn(self) -> list[Drawn]:
        """Its fields, as the template draws them."""
        return [_drawn(bound) for bound in self]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every error with the place of its field, for the summary on top."""
        by_field = [(field.says(error), f"#{field.target}") for field in self.drawn for error in field.errors]
        return [*by_field, *((str(error), "#main") for error in self.non_field_errors())]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One field as it is drawn: its kind of input, and what was typed."""

    kind: str
    name: str
    label: str
    hint: str
    value: Any
    options: list[tuple[str, str]]
    errors: list[str]

    @property
    def target(self) -> str:
        """The id of its first input."""
        return f"{self.name}-day" if self.kind == "day" else self.name

    def says(self, error: str) -> str:
        """An error as the summary says it, where nobody sees the field: Name: fill this in."""
        return f"{self.label}: {error[:1].lower()}{error[1:]}"


def _drawn(bound: forms.BoundField) -> Drawn:
    return Drawn(
        _kind(bound.field),
        bound.html_name,
        str(bound.label),
        str(bound.help_text),
        _value(bound),
        [*_options(bound.field)],
        [str(error) for error in bound.errors],
    )


def _kind(field: forms.Field) -> str:
    kinds: list[tuple[type[forms.Field], str]] = [
        (Day, "day"),
        (forms.ChoiceField, "select"),
        (forms.BooleanField, "tick"),
    ]
    if isinstance(field.widget, forms.PasswordInput):
        return "password"
    return next((kind for of, kind in kinds if isinstance(field, of)), "line")


def _value(bound: forms.BoundField) -> Any:
    value = bound.value()
    if isinstance(bound.field, Day):
        return value if isinstance(value, list) else DayWidget().decompress(value)
    return "" if value is None else value


def _options(field: forms.Field) -> Iterator[tuple[str, str]]:
    if isinstance(field, forms.ChoiceField):
        yield from ((str(value), str(title)) for value, title in list(field.widget.choices))
