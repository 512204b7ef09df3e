"""What one part of an edition says of another: every name must be there to be found, and nothing may contradict."""

from collections.abc import Callable, Iterator
from typing import Any

from evenhand.policy.clock import BadCalendar, Calendar, UnknownNation
from evenhand.policy.faults import Path, near
from evenhand.policy.floors import lacking
from evenhand.policy.gates import line_faults
from evenhand.policy.shapes import Deciders, Remedy
from evenhand.policy.tables import Draft, tables_with

_DECIDERS = [
    f"remedies.*.{deciders}{way}"
    for deciders in ("approvers", "approvers_beyond")
    for way in ("", ".any_of", ".all_of", ".consulted")
]

# Which names must be rows of which table, by where they stand; `*` is any row or any item of a list.
_ROWS = {
    "roles": (
        "steps.*.roles",
        "steps.*.gate.*.roles",
        "steps.*.gate.*.asked_of",
        "roles.*.includes",
        "bodies.*.roles",
        "duties.*.owners",
        "duties.*.overdue_to",
        "letters.*.sender",
        "settings.highest_approvers",
        "appeals.officer_role",
        *_DECIDERS,
    ),
    "bodies": ("remedies.*.approvers.body", "remedies.*.approvers_beyond.body"),
    "clauses": tuple(f"{place}.clause" for place in tables_with("clause")),
    "periods": ("duties.*.period", "appeals.period", "steps.*.gate.*.period"),
    "reviews": ("remedies.*.review",),
    "remedies": ("remedies.*.includes",),
    "channels": ("needs.*.shuts", "letters.*.channels", "settings.face_to_face_channels"),
    "outside": ("appeals.outside",),
    "questions": ("steps.*.gate.*.question",),
}
_NOUNS = {
    "roles": "role", "bodies": "body", "clauses": "clause", "periods": "period", "reviews": "review",
    "remedies": "remedy", "channels": "channel", "outside": "outside body", "questions": "question",
}  # fmt: skip

# Which words must be codes of which list.
_CODES = (
    ("needs.*.formats", "formats"),
    ("needs.*.characteristic", "characteristics"),
    ("remedies.*.tenures", "tenures"),
    ("behaviours.*.category", "conduct_categories"),
    ("ladder.skip_reasons", "departure_reasons"),
)

_APPEAL_STEPS = ("receive_appeal", "assign_appeal", "decide_appeal")
_LATE_APPEAL_STEP = "decide_late_appeal"


def check_references(draft: Draft) -> None:
    """Notes every fault that shows only when one part of the edition is held against another."""
    for check in _CHECKS:
        check(draft)


def clauses_used(draft: Draft) -> frozenset[str]:
    """Every clause that something in the edition cites."""
    return frozenset(word for place in _ROWS["clauses"] for _, word in _words(draft.raw, place))


def _words(raw: Any, place: str) -> Iterator[tuple[Path, str]]:
    """Every text at a place, or in a list there, with its path."""
    for path, value in _found(raw, tuple(place.split(".")), ()):
        items = enumerate(value) if isinstance(value, list) else ((None, value),)
        for index, word in items:
            if isinstance(word, str):
                yield (path if index is None else (*path, index)), word


def _found(node: Any, place: tuple[str, ...], path: Path) -> Iterator[tuple[Path, Any]]:
    if not place:
        yield path, node
    elif place[0] == "*":
        children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
        for name, child in children:
            yield from _found(child, place[1:], (*path, name))
    elif isinstance(node, dict) and place[0] in node:
        yield from _found(node[place[0]], place[1:], (*path, place[0]))


def _at(node: Any, path: Path) -> Any:
    for name in path:
        node = node[name]
    return node


def _rows_exist(draft: Draft) -> None:
    for table, places in _ROWS.items():
        for place in places if draft.is_judged(table) else ():
            for path, word in _words(draft.raw, place):
                _row_exists(draft, path, table, word)


def _row_exists(draft: Draft, path: Path, table: str, word: str) -> None:
    is_none = word == "" and path[-1] in ("review", "period")
    if word not in draft.rows(table) and not is_none:
        draft.fault(path, f"{_NOUNS[table]} {word} is not in this edition{near(word, draft.rows(table))}")


def _words_known(draft: Draft) -> None:
    """Names that code must have."""
    vocabulary = draft.vocabulary
    for place, noun, known in (
        ("letters.*.parts", "part of a letter", vocabulary.letter_parts),
        ("remedies.*.parameters", "parameter of a remedy", vocabulary.remedy_parameters),
    ):
        for path, word in _words(draft.raw, place):
            if word not in known:
                draft.fault(path, f"{word} is no {noun}{near(word, known)}")
    following = {name for name, kind in vocabulary.steps.items() if kind.follows} if draft.is_judged("steps") else set()
    for word in sorted(following - draft.rows("steps").keys()):
        draft.fault(("steps", word), "this step follows from others, and every edition must have it")
    for table, noun, valid in (("steps", "step", vocabulary.steps), ("duties", "duty", vocabulary.duties)):
        for word in draft.rows(table).keys() - valid.keys():
            draft.fault((table, word), f"no {noun} is called {word}{near(word, valid)}")


def _channels_asked(draft: Draft) -> None:
    """A condition on `how` names the edition's own channels, or a meeting of people."""
    for word in ("when", "unless"):
        for path, value in _words(draft.raw, f"steps.*.gate.*.{word}.how"):
            known = {*draft.rows("channels"), "face_to_face"}
            if value not in known:
                draft.fault(path, f"how is never {value!r}{near(value, known)}")


def _codes_listed(draft: Draft) -> None:
    for place, name in _CODES:
        listed = draft.rows("codes").get(name)
        codes = listed if isinstance(listed, dict) else {}
        for path, word in _words(draft.raw, place):
            if word not in codes:
                draft.fault(path, f"{word} is no code in [codes.{name}]{near(word, codes)}")


def _defaults_exist(draft: Draft) -> None:
    """What is left out is taken as the table's default, which must be there too."""
    for name, remedy in draft.tables.get("remedies", {}).items():
        if "review" not in remedy.model_fields_set and draft.is_judged("reviews"):
            _row_exists(draft, ("remedies", name, "review"), "reviews", remedy.review)
    appeals = draft.tables.get("appeals")
    if appeals is not None and appeals.internal:
        for setting, table in (("period", "periods"), ("officer_role", "roles")):
            if setting not in appeals.model_fields_set and draft.is_judged(table):
                _row_exists(draft, ("appeals", setting), table, getattr(appeals, setting))


def _periods_given(draft: Draft) -> None:
    for name in sorted(draft.vocabulary.periods - draft.rows("periods").keys() if draft.is_judged("periods") else ()):
        draft.fault(("periods", name), "this period is needed, and not given")


def _gates_sound(draft: Draft) -> None:
    for name, step in draft.rows("steps").items():
        written = step.get("gate", []) if isinstance(step, dict) else ()
        gate = written if isinstance(written, list) else ()
        for place, line in enumerate(gate):
            for within, says in line_faults(name, line, draft.vocabulary) if isinstance(line, dict) else ():
                draft.fault(("steps", name, "gate", place, *within), says)
        if written == []:
            _empty_gate(draft, name, step)


def _empty_gate(draft: Draft, name: str, step: dict[str, Any]) -> None:
    kind = draft.vocabulary.steps.get(name)
    if kind is not None and kind.decides:
        draft.fault(("steps", name, "gate"), "the gate is empty: a step that decides something must ask something")
    elif "clause" not in step:
        draft.fault(("steps", name), "a step without a gate needs a clause that says why it is there")


def _duties_told(draft: Draft) -> None:
    """Each duty that a gate or a floor may bring needs its row, which says who owes it."""
    if not draft.is_judged("duties"):
        return
    for path, duty in _words(draft.raw, "steps.*.gate.*.duty"):
        if duty in draft.vocabulary.duties:
            _duty_told(draft, path, duty, "period" in _at(draft.raw, path[:-1]))
    for floor, _ in lacking(draft.tables.get("steps", {}), draft.vocabulary):
        if floor.duty:
            _duty_told(draft, ("steps", floor.step, f"floor: {floor.name}"), floor.duty, "period" in floor.settings)


def _duty_told(draft: Draft, path: Path, duty: str, is_dated: bool) -> None:
    row = draft.tables["duties"].get(duty)
    if duty not in draft.rows("duties"):
        draft.fault(path, f"the duty {duty} needs [duties.{duty}] to say who owes it")
    elif row and draft.vocabulary.duties[duty].counted and not row.period and not is_dated:
        draft.fault(path, f"the duty {duty} is owed by a day that is counted: name a period here or in [duties.{duty}]")


def _somebody_may(draft: Draft) -> None:
    for name, step in draft.tables.get("steps", {}).items():
        if not step.roles:
            draft.fault(("steps", name, "roles"), "no role may take this step")
    for name, body in draft.tables.get("bodies", {}).items():
        if not body.roles:
            draft.fault(("bodies", name, "roles"), "nobody sits on this body")
    for name, remedy in draft.tables.get("remedies", {}).items():
        _somebody_approves(draft, name, remedy)
    settings = draft.tables.get("settings")
    if settings is not None and not settings.highest_approvers:
        says = "nobody may approve a measure that is not in the catalogue: name at least one role"
        draft.fault(("settings", "highest_approvers"), says)


def _somebody_approves(draft: Draft, name: str, remedy: Remedy) -> None:
    roles = draft.tables.get("roles", {})
    grades = [role.grade for role in roles.values()] if roles.keys() == draft.rows("roles").keys() else []
    for setting in ("approvers", "approvers_beyond"):
        deciders: Deciders | None = getattr(remedy, setting)
        wanted = deciders.two_of_grade if deciders else None
        if wanted is not None and grades and wanted > max(grades):
            says = f"nobody may approve: the highest grade of a role is {max(grades)}"
            draft.fault(("remedies", name, setting, "two_of_grade"), says)


def _days_agree(draft: Draft) -> None:
    for name, review in draft.tables.get("reviews", {}).items():
        if review.latest_months is not None and (review.earliest_months or 0) > review.latest_months:
            says = (
                f"a review cannot come no sooner than {review.earliest_months} and no later than {review.latest_months}"
            )
            draft.fault(("reviews", name, "earliest_months"), f"{says} months")
    about = draft.tables.get("about")
    if about is None:
        return
    if about.approved_on and about.review_by and about.approved_on > about.review_by:
        draft.fault(("about", "review_by"), f"this is before the day of approval, {about.approved_on:%-d %B %Y}")
    try:
        Calendar.of(about.nation, extra_days=about.extra_holidays, not_days=about.not_holidays)
    except UnknownNation as error:
        draft.fault(("about", "nation"), str(error))
    except BadCalendar as error:
        draft.fault(("about", "not_holidays"), str(error))


def _appeals_agree(draft: Draft) -> None:
    appeals, steps = draft.tables.get("appeals"), draft.rows("steps")
    if appeals is None or not draft.is_judged("steps"):
        return
    if appeals.internal:
        for step in _APPEAL_STEPS:
            if step not in steps:
                draft.fault(("steps", step), "this step is needed where there is an internal appeal, and not given")
        return
    for step in (*_APPEAL_STEPS, _LATE_APPEAL_STEP):
        if step in steps:
            draft.fault(("steps", step), "there is no internal appeal, so this step cannot be taken: leave it out")
    if not appeals.outside:
        draft.fault(("appeals", "outside"), "where there is no internal appeal, name the body outside that hears one")


def _questions_asked(draft: Draft) -> None:
    """Behaviour that brings the assessment of conduct needs questions to ask in it (clause 4.14)."""
    sets = {question.set for question in draft.tables.get("questions", {}).values()}
    for name, behaviour in draft.tables.get("behaviours", {}).items():
        if "conduct_assessment" in behaviour.triggers and "conduct" not in sets and draft.is_judged("questions"):
            draft.fault(("behaviours", name, "triggers"), "this needs a question of the set conduct, and there is none")


_CHECKS: tuple[Callable[[Draft], None], ...] = (
    _rows_exist,
    _words_known,
    _codes_listed,
    _channels_asked,
    _defaults_exist,
    _periods_given,
    _gates_sound,
    _duties_told,
    _somebody_may,
    _days_agree,
    _appeals_agree,
    _questions_asked,
)
