"""What somebody finds on their first page: overdue, this week, waiting for them, their cases, words not yet sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from django.db.models import Q
from django.urls import Resolver404, resolve

from evenhand.cases.editions import in_force
from evenhand.cases.models import FileIndex, OpenDuty, SanctionIndex
from evenhand.cases.seeing import Viewer, names_seen, visible_to
from evenhand.people.reading import customers_named
from evenhand.web.lists.acts import AWAITED, act_for, step_href, take_href
from evenhand.web.lists.duties import in_age
from evenhand.web.lists.matters import matters_of
from evenhand.web.lists.owed import is_owed_by, lent_by, standing
from evenhand.web.lists.people import files_named, subject_name
from evenhand.web.lists.waiting import to_approve, to_endorse
from evenhand.web.lists.words import by_when, near_day, remedy_title
from evenhand.web.models import Draft
from evenhand.web.steps.titles import duty_title

APPROVING = "approve_sanction"
MOST = 10
"""Lines of one part; the rest stand behind a link."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what, whose, by when, under which clause, and the page of the step that does it; `about` what."""

    what: str
    who: str
    file: str
    when: str
    is_overdue: bool
    clause: str
    label: str
    href: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines, and whether there are more."""

    items: list[Item] = field(default_factory=list)
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Unsent:
    """Words typed and not yet sent: where they were typed, and since when they are kept."""

    title: str
    href: str
    saved_on: date


def may_report(viewer: Viewer) -> bool:
    """Whether reporting an incident is open to the viewer (clause 1.4)."""
    return in_force().held(viewer.roles, in_force().steps["report_incident"].roles) is not None


def reports_first(viewer: Viewer) -> bool:
    """Whether reporting is what the viewer mostly comes for: they hold a role that may do it, and none above that."""
    return viewer.roles <= frozenset(in_force().steps["report_incident"].roles)


def overdue(viewer: Viewer) -> Part:
    """What the viewer owes and should have done, decisions too."""
    return _owed(viewer, in_age("overdue", viewer.day))


def this_week(viewer: Viewer) -> Part:
    """What the viewer owes within seven days, without the decisions that others wait for."""
    return _owed(viewer, in_age("week", viewer.day) & ~Q(duty__in=AWAITED))


def waiting(viewer: Viewer, told: Iterable[Item] = ()) -> Part:
    """Decisions that others wait for: what waits too long, then those with a day, then the rest, oldest first.

    What is `told` on the same page already, among what is overdue, stands there alone.
    """
    day = viewer.day
    due = _owed(viewer, Q(due_on__gte=day, duty__in=AWAITED))
    cases = list(to_endorse(viewer).order_by("opened_on", "name")[: MOST + 1])
    proposed = list(to_approve(viewer).order_by("proposed_on", "ref")[: MOST + 1])
    promised = list(standing(viewer).filter(duty=APPROVING, file__in=[row.file for row in proposed]).order_by("due_on"))
    by_a_day = {duty.about for duty in promised} & {row.ref for row in proposed}
    files = files_named(row.file for row in proposed)
    people = customers_named([*(case.subject for case in cases), *(row.subject for row in proposed)])
    undated = [(row.proposed_on, _to_approve(row, files, people, day)) for row in proposed if row.ref not in by_a_day]
    undated += [(case.opened_on, _to_endorse(case, people, day)) for case in cases]
    dated = duty_items((duty for duty in promised if duty.about in by_a_day), viewer)
    more = [*dated, *(item for _, item in sorted(undated, key=itemgetter(0)))]
    owed = {item.href for item in (*told, *due.items)}
    fresh = [item for item in more if item.href not in owed]
    items = sorted([*due.items, *fresh], key=lambda item: not item.is_overdue)
    return Part(items[: 2 * MOST], due.has_more or len(due.items) + len(fresh) > 2 * MOST)


def _owed(viewer: Viewer, which: Q) -> Part:
    return duties_where(viewer, which & is_owed_by(viewer))


def duties_where(viewer: Viewer, which: Q) -> Part:
    """The first duties of some kind on files that the viewer sees, whosever they are."""
    rows = list(standing(viewer).filter(which).order_by("due_on", "id")[: MOST + 1])
    return Part(duty_items(rows[:MOST], viewer), len(rows) > MOST)


def duty_items(rows: Iterable[OpenDuty], viewer: Viewer) -> list[Item]:
    """Duties as lines, with the names they need. Four statements."""
    rows = list(rows)
    files = files_named(row.file for row in rows)
    people = customers_named(file.subject for file in files.values())
    matters = matters_of(rows, files)
    about = {row.pk: " · ".join(filter(None, (matters[row.pk], lent_by(row, viewer)))) for row in rows}
    return [_duty_item(row, files[row.file], people, about[row.pk], viewer.day) for row in rows]


def _duty_item(row: OpenDuty, file: FileIndex, people: Mapping[str, str], about: str, day: date) -> Item:
    return Item(
        what=duty_title(in_force(), row.duty),
        who=subject_name(file.subject, people),
        file=row.file,
        when=by_when(row.due_on, day),
        is_overdue=row.due_on < day,
        clause=row.clause,
        label=step_title(act_for(row.duty).step),
        href=step_href(file.kind, row.file, row.duty, row.about, row.made_by),
        about=about,
    )


def step_title(step: str) -> str:
    """What a step is called under the edition in force."""
    rule = in_force().steps.get(step)
    return rule.title if rule else step.replace("_", " ").capitalize()


def _awaited(step: str, file: FileIndex, what: str, who: str, since: date, day: date, target: str = "") -> Item:
    """A decision without a day: since when it waits stands in its place.

    It is shown as overdue past the days that the edition gives for the same decision where it promises one.
    """
    edition = in_force()
    citation, duty = edition.cited.get(step), edition.duties.get(step)
    waits_long = duty is not None and duty.period is not None and edition.last_day(duty.period, since) < day
    when = f"since {near_day(since, day)}{f', {(day - since).days} days' if waits_long else ''}"
    clause, href = citation.clause if citation else "", take_href(file.kind, file.name, step, target)
    return Item(what, who, file.name, when, waits_long, clause, step_title(step), href)


def _to_endorse(case: FileIndex, people: Mapping[str, str], day: date) -> Item:
    who = subject_name(case.subject, people)
    return _awaited("endorse_case", case, duty_title(in_force(), "endorse_case"), who, case.opened_on, day)


def _to_approve(row: SanctionIndex, files: Mapping[str, FileIndex], people: Mapping[str, str], day: date) -> Item:
    what, who = f"Decide: {remedy_title(row.remedy)}", subject_name(row.subject, people)
    return _awaited(APPROVING, files[row.file], what, who, row.proposed_on, day, row.ref)


def unsent(viewer: Viewer) -> list[Unsent]:
    """Words kept for the viewer on pages they may still see, newest first."""
    drafts = list(Draft.objects.filter(staff=viewer.id).order_by("-saved_at")[:MOST])
    named = [(draft, *_place(draft.page)) for draft in drafts]
    seen = names_seen(viewer, [file for _, file, _ in named if file])
    kept = [(draft, title) for draft, file, title in named if not file or file in seen]
    return [Unsent(title, draft.page, draft.saved_at.date()) for draft, title in kept]


def _place(path: str) -> tuple[str, str]:
    """The file that a page belongs to ('' where none), and what the page is called."""
    try:
        found = resolve(path.partition("?")[0])
    except Resolver404:
        return "", path
    named = found.kwargs
    if "step" in named:
        return named["name"], f"{step_title(named['step'])}, {named['name']}"
    return "", {"report": "Report of an incident", "new_case": "A new case"}.get(found.url_name or "", path)


def own_cases(viewer: Viewer) -> tuple[list[FileIndex], Mapping[str, str], bool]:
    """The viewer's newest open cases, the names of those they are about, and whether there are more."""
    mine = visible_to(viewer).filter(kind="case", officer=viewer.id, is_open=True)
    rows = list(mine.order_by("-opened_on", "-name")[: MOST + 1])
    return rows[:MOST], customers_named(row.subject for row in rows), len(rows) > MOST
