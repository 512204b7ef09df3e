"""The forms of the registers. Each knows who is asking, so that nobody finds out about a customer kept from them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q

from evenhand.accounts.models import Account
from evenhand.cases.editions import in_force
from evenhand.cases.seeing import NOT_AT_THE_DESK, Viewer, people_seen
from evenhand.casework.registers import StaffMember
from evenhand.casework.wording import plain_day
from evenhand.people import models
from evenhand.people.settled import NUMBERS
from evenhand.web.registers.fields import Day, RegisterForm

NOBODY = [("", "Choose somebody")]
SINCE, UNTIL = "Leave empty for as long as the registers go back.", "Leave empty while no end is known."


class StaffForm(RegisterForm):
    """A form about a colleague or a customer, opened by somebody."""

    def __init__(self, data: Any = None, *, viewer: Viewer, about: str = "", initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.viewer, self.about = viewer, about
        if "manager" in self.fields:
            self._offer("manager", self._others(self._colleagues()))

    def _colleagues(self) -> list[StaffMember]:
        """Everybody but those who are no colleagues, such as contractors, by name."""
        staff = self.viewer.registers.staff.values()
        there = (one for one in staff if not one.roles or one.roles - NOT_AT_THE_DESK)
        return sorted(there, key=lambda one: (one.name, one.id))

    def _others(self, staff: Iterable[StaffMember]) -> list[tuple[str, str]]:
        """Colleagues to choose from, without the one whom the form is about."""
        return [*NOBODY, *((one.id, one.name) for one in staff if one.id != self.about)]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What a field lets somebody choose from."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def _customer(self, name: str) -> str:
        """The customer whose reference was typed."""
        typed = self.cleaned_data[name].strip()
        if typed and not people_seen(self.viewer).filter(id=typed).exists():
            raise forms.ValidationError(f"There is no customer {typed}. Look their reference up under Customers.")
        return typed

    def _home(self, name: str) -> str:
        """The home whose number was typed."""
        typed = self.cleaned_data[name].strip()
        if typed and not models.Home.objects.filter(uprn=typed).exists():
            raise forms.ValidationError(f"There is no home {typed}. Add it under Homes first.")
        return typed


def line(label: str, hint: str = "", **options: Any) -> forms.CharField:
    """A line of text."""
    return forms.CharField(label=label, help_text=hint, max_length=200, **options)


def reference(label: str, hint: str) -> forms.RegexField:
    """A word by which the record can name somebody."""
    says = {"invalid": "Use one word of letters, digits and _.:@+~- only."}
    return forms.RegexField(r"^[A-Za-z0-9_.:@+~-]{1,100}$", label=label, help_text=hint, error_messages=says)


def free_reference(typed: str) -> str:
    """The reference, where nobody has it yet."""
    if models.Staff.objects.filter(id=typed).exists() or models.Customer.objects.filter(id=typed).exists():
        raise forms.ValidationError("Somebody has this reference already: choose another.")
    return typed


def free_address(typed: str) -> str:
    """The address as it is kept, where nobody signs in with it yet."""
    if Account.objects.filter(email=typed.lower()).exists():
        raise forms.ValidationError("Somebody signs in with this address already.")
    return typed.lower()


def since() -> Day:
    return Day(label="First day", help_text=SINCE, required=False)


def until() -> Day:
    return Day(label="Last day", help_text=UNTIL, required=False)


class EndForm(RegisterForm):
    """The last day on which something holds."""

    until = Day(label="Last day", help_text="The day counts whole.", required=True)

    def __init__(self, data: Any = None, *, row: models.Dated, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.row = row

    def clean_until(self) -> Any:
        day = self.cleaned_data["until"]
        if self.row.since and day < self.row.since:
            raise forms.ValidationError("Enter a last day that is not before the first.")
        return day


class ColleagueForm(StaffForm):
    """A new colleague."""

    id = reference("Reference", "A short word that never changes, such as a staff number: the record names them by it.")
    name = line("Name")
    email = forms.EmailField(label="E-mail", help_text="They sign in with it.")

    def clean_id(self) -> str:
        return free_reference(self.cleaned_data["id"])

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"])


class AddressForm(StaffForm):
    """Another address to sign in with."""

    email = forms.EmailField(label="E-mail", help_text="Somebody else is asked whether it is the colleague's own.")

    def clean_email(self) -> str:
        return free_address(self.cleaned_data["email"])


class NameForm(StaffForm):
    """How a colleague is called."""

    name = line("Name")


class RoleForm(StaffForm):
    """A role of the policy."""

    role = forms.ChoiceField(label="Role")
    since, until = since(), until()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self._offer("role", [("", "Choose a role"), *role_titles().items()])


def role_titles() -> dict[str, str]:
    """The roles that a colleague may be given, by the edition in force."""
    apart = {"system", "portal", "contractor"}
    return {code: role.title for code, role in in_force().roles.items() if code not in apart}


class TeamForm(StaffForm):
    """A team to work in."""

    team = forms.ChoiceField(label="Team")
    since, until = since(), until()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        teams = models.Team.objects.order_by("title").values_list("id", "title")
        self._offer("team", [("", "Choose a team"), *teams])


class ManagerForm(StaffForm):
    """A line manager."""

    manager = forms.ChoiceField(label="Line manager")
    since, until = since(), until()


class DeputyForm(StaffForm):
    """A deputy, for an absence: the last day must be said."""

    deputy = forms.ChoiceField(label="Deputy")
    since = Day(label="First day", required=True)
    until = Day(label="Last day", help_text="Everybody comes back: say when.", required=True)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        graded = frozenset(code for code, role in in_force().roles.items() if role.grade)
        self._offer("deputy", self._others(one for one in self._colleagues() if one.roles & graded))

    def clean(self) -> dict[str, Any]:
        """One deputy at a time, so that everybody knows who decides."""
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        there = models.Deputy.objects.filter(staff_id=self.about).select_related("deputy")
        if since and until:
            for one in there.filter(Q(since=None) | Q(since__lte=until), Q(until=None) | Q(until__gte=since)):
                when = f", until {plain_day(one.until)}" if one.until else ""
                says = f"On these days {one.deputy.name} stands in already{when}: choose others, or end that first."
                self.add_error("since", says)
        return data


class PostForm(StaffForm):
    """A post."""

    post = line("Post", "Such as head of repairs.")
    since, until = since(), until()


class TrainingForm(StaffForm):
    """Training that somebody finished."""

    module = forms.ChoiceField(label="Training")
    done_on = Day(label="Finished on")

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        modules = in_force().settings.training_modules
        self._offer("module", [(code, code.replace("_", " ").capitalize()) for code in modules])


class ConnectionForm(StaffForm):
    """A customer or a home that a colleague keeps away from."""

    to = line("Customer reference, property number or address", "Nobody is told why.")


class CustomerForm(StaffForm):
    """Who a customer is, and how to reach them."""

    name = line("Name")
    born_on = Day(label="Born on", required=False)
    tenure = line("Tenure", "Where no tenancy below says it.", required=False)
    home = line("Home", "The property number, where no tenancy below says it.", required=False)
    phone = line("Phone", required=False)
    email = forms.EmailField(label="E-mail", required=False)
    language = line("Language", "As they call it. Leave empty for English.", required=False)
    format = forms.ChoiceField(label="Format they need", required=False)

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self._offer("format", [("", "Standard print"), *in_force().codes.get("formats", {}).items()])

    def clean_home(self) -> str:
        return self._home("home")


class SafeContactForm(StaffForm):
    """How somebody may, or may never, be reached."""

    rule = forms.ChoiceField(label="Rule", choices=[("never", "Never use it"), ("only", "Use no other")])
    channel = forms.ChoiceField(label="Way to reach them")
    note = line("What else to know", "Such as: after noon only. Never the reason.", required=False)
    since, until = since(), until()

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self._offer("channel", [(code, channel.title) for code, channel in in_force().channels.items()])


class TenancyForm(StaffForm):
    """A home let to somebody, alone or with others."""

    home = line("Home", "The property number.")
    kind = line("Kind", "Such as assured, secure, lease or licence.")
    joint = line("Joint tenants", "Customer references, with a comma between them.", required=False)
    since, until = since(), until()

    def clean_home(self) -> str:
        return self._home("home")

    def clean_joint(self) -> list[str]:
        names = [name.strip() for name in self.cleaned_data["joint"].split(",") if name.strip()]
        known = set(people_seen(self.viewer).filter(id__in=names).values_list("id", flat=True))
        if unknown := [name for name in names if name not in known]:
            raise forms.ValidationError(f"There is no customer {', '.join(unknown)}.")
        return names


class HouseholdForm(StaffForm):
    """Who lives with a customer."""

    member = line("Customer reference", "Of the person who lives with them.")
    since, until = since(), until()

    def clean_member(self) -> str:
        typed = self._customer("member")
        if typed == self.about:
            raise forms.ValidationError("Name somebody else: they live with themselves anyway.")
        return typed


class NewCustomerForm(StaffForm):
    """A new customer; the rest follows on their own page."""

    id = reference("Customer reference", "As your housing system knows them; it never changes.")
    name = line("Name")

    def clean_id(self) -> str:
        return free_reference(self.cleaned_data["id"])


class HomeForm(StaffForm):
    """Where a home is."""

    address = line("Address", "With the postcode.")


class NewHomeForm(HomeForm):
    """A new home."""

    uprn = forms.RegexField(
        r"^[0-9]{1,12}$",
        label="Property number",
        help_text="The unique property reference number: up to 12 digits.",
        error_messages={"invalid": "Enter up to 12 digits."},
    )

    def clean_uprn(self) -> str:
        typed = str(self.cleaned_data["uprn"])
        if models.Home.objects.filter(uprn=typed).exists():
            raise forms.ValidationError("There is a home of this number already.")
        return typed


class TeamTitleForm(StaffForm):
    """A team."""

    id = forms.SlugField(label="Short name", help_text="One word that never changes.", max_length=50)
    title = line("Name")

    def clean_id(self) -> str:
        typed = str(self.cleaned_data["id"])
        if models.Team.objects.filter(id=typed).exists():
            raise forms.ValidationError("There is a team of this short name already.")
        return typed


class RoleRuleForm(StaffForm):
    """What the landlord settles for a role."""

    sees = forms.ChoiceField(
        label="How far they see",
        choices=[("own", "What they had a part in"), ("team", "Their team's work"), ("all", "Everything")],
    )
    needs_second_factor = forms.BooleanField(
        label="A password is not enough: they also need a code or a passkey", required=False
    )

    def clean_sees(self) -> str:
        typed = str(self.cleaned_data["sees"])
        if self.about == "administrator" and typed != "own":
            raise forms.ValidationError("Administrators keep the settings, and see no cases by that.")
        return typed


class NumbersForm(StaffForm):
    """The numbers that the landlord settles for the desk."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for name, rule in NUMBERS.items():
            hint = f"{rule.hint} {rule.usual} unless you say otherwise; from {rule.least} to {rule.most}."
            self.fields[name] = forms.IntegerField(
                label=rule.title,
                help_text=hint,
                min_value=rule.least,
                max_value=rule.most,
                error_messages={
                    "invalid": f"Enter a whole number from {rule.least} to {rule.most}.",
                    "required": f"Enter a number from {rule.least} to {rule.most}.",
                },
            )
