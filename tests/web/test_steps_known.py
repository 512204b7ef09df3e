"""What a form starts from, what it offers and what it says first, because the record or the registers know it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from evenhand.cases.seeing import Viewer
from evenhand.casework.registers import CustomerRecord, Registers
from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import What
from evenhand.people.models import Customer, SafeContact
from evenhand.people.reading import registers_on
from evenhand.people.writing import enter, mark_changed
from evenhand.web.file.opening import opened
from evenhand.web.steps.form import StepForm
from evenhand.web.steps.shapes import shapes_of
from tests.desk import NOW, STAFF
from tests.web.steps_at_the_desk import CASE, opened_case, send, words

INCIDENT, OTHER_INCIDENT = "IN-2026-AAAAA", "IN-2026-BBBBB"
REPORT = {"subject": "carol", "what_happened": "She shouted at the door.", "happened_on": "2026-08-01"}
BROUGHT_IN = {"subject": "carol", "remedy": "warning_letter", "imposed_on": "2026-06-01", "ends_on": "2027-05-31",
              "review_on": "2026-12-01", "notice_given_on": "2026-06-01", "source": "The letter.",
              "reasons": "Shouting."}  # fmt: skip


@pytest.fixture(autouse=True)
def _at_ten(time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))


def viewer(who, registers=None):
    """Somebody who may see everything, on the day."""
    registers, day = registers or registers_on(NOW.date()), NOW.date()
    return Viewer(registers.staff[who], registers, day, NOW, registers.roles_of(who, day), "all")


def _form(step, who="olu", kind="case", name=CASE, about=None, **given):
    """The blank form of a step on a file, for somebody."""
    draft = STEPS[step].model_construct(subject=about) if about else None
    asking = opened(kind, name, viewer(who), draft=draft).asking
    return StepForm.blank(STEPS[step], asking, {field: [value] for field, value in given.items()})


def _chosen(field):
    return [one.value for one in field.options if one.is_chosen]


def test_everything_marked_as_known_is_found_or_left_unasked():
    marked = {shape.known for step in STEPS.values() for shape in shapes_of(step)} - {""}
    assert marked == set(get_args(What))


# People


def test_who_reported_opens_the_case_too(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", **REPORT)
    field = _form("open_case", name="UC-2026-NEWNW", about="carol", incidents=INCIDENT).field("colleague")
    assert _chosen(field) == ["fay"]


def test_h3_who_reported_is_not_told_to_those_who_do_not_handle_reports(desk):
    desk.take("report_incident", "incident", INCIDENT, "otto", **REPORT)
    field = _form("open_case", "fay", name="UC-2026-NEWNW", about="carol", incidents=INCIDENT).field("colleague")
    assert _chosen(field) == []


def test_only_colleagues_in_the_line_of_work_are_offered_as_front_line(desk):
    titles = {one.title for one in _form("open_case", name="UC-2026-NEWNW", about="carol").field("colleague").options}
    assert titles == {member.name for member in STAFF} - {"Audra Penn", "Dara Quill", "Pol Ward", "Ada Frost"}


def test_manager_who_stands_in_for_another_today_is_offered_as_one(desk):
    opened_case(desk)
    registers = registers_on(NOW.date())
    deputised = replace(registers.staff["mina"], deputies=(replace(STAFF[0].managers[0], who="fay"),))
    page = opened("case", CASE, viewer("olu", replace(registers, staff={**registers.staff, "mina": deputised})))
    field = StepForm.blank(STEPS["take_urgent_action"], page.asking).field("manager")
    assert "fay" in [one.value for one in field.options]


def test_whoever_endorses_is_not_offered_as_somebody_to_stand_in_for(desk):
    opened_case(desk)
    form = StepForm.blank(STEPS["endorse_case"], opened("case", CASE, viewer("sam")).asking)
    offered = [one.value for one in form.field("stands_in_for").options]
    assert ("sam" in offered, "mina" in offered) == (False, True)


def test_the_line_manager_is_not_asked_for_whom_they_stand_in(desk):
    opened_case(desk)
    form = StepForm.blank(STEPS["endorse_case"], opened("case", CASE, viewer("mina")).asking)
    assert [shape.name for shape in form.shapes] == ["reasons", "departures"]
    typed = StepForm.posted(form.model, {"why_stands_in": ["She is away."]}, form.asking)
    assert [shape.name for shape in typed.shapes] == ["reasons", "why_stands_in", "departures"]


def test_an_appeal_is_not_asked_for_grounds_and_forms_that_the_policy_does_not_list(desk):
    opened_case(desk)
    names = {shape.name for shape in _form("receive_appeal").shapes}
    assert (names & {"grounds", "form"}, "what" in names) == (set(), True)


def test_whom_the_case_is_about_is_chosen_and_never_offered_as_somebody_else(desk):
    opened_case(desk)
    form = _form("propose_sanction")
    assert (_chosen(form.field("subject")), form.field("binds").options) == (["carol"], ())


def test_who_was_affected_is_offered_first_and_chosen_where_it_is_one(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", affected=["fay"], **REPORT)
    field = _form("offer_staff_support", kind="incident", name=INCIDENT).field("to")
    assert [(one.title, one.hint, one.is_chosen) for one in field.options] == [
        ("Fay Hart", "Was affected", True),
        ("Olu Lamb", "You", False),
    ]


def test_h3_who_was_affected_is_not_told_to_those_who_do_not_handle_reports(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", affected=["mina"], **REPORT)
    field = _form("offer_staff_support", "fay", "incident", INCIDENT).field("to")
    assert "mina" not in [one.value for one in field.options]


@pytest.mark.parametrize(("who", "kind"), [("carol", "tenant"), ("dan", "leaseholder"), ("eve", "joint_tenant")])
def test_what_somebody_is_to_us_is_known_from_their_tenancy(desk, who, kind):
    together = [CustomerRecord("eve", "Eve Low", "assured", "100002", joint_with=frozenset({"fred"})),
                CustomerRecord("fred", "Fred Low", "assured", "100002", joint_with=frozenset({"eve"}))]  # fmt: skip
    enter(Registers(customers={one.id: one for one in together}))
    form = _form("open_case", name="UC-2026-NEWNW", about=who, subject=who)
    assert _chosen(form.field("subject_kind")) == [kind]


def test_description_of_somebody_unknown_is_asked_only_where_nobody_is_named(desk):
    opened_case(desk)
    named = _form("open_case", name="UC-2026-NEWNW", about="carol", subject="carol")
    unnamed = _form("open_case", name="UC-2026-NEWNW")
    names = ["subject_description" in [one.name for one in form.fields] for form in (named, unnamed)]
    assert names == [False, True]


# What stands on the file


def test_only_thing_that_fits_is_chosen(desk):
    opened_case(desk)
    desk.take("put_allegation", "case", CASE, "olu", allegation="You shouted.", how="phone", reply_by="2026-08-20")
    assert _chosen(_form("record_account").field("allegation")) == [f"{CASE}#2"]


def test_several_that_fit_are_told_apart_by_their_words(desk):
    opened_case(desk)
    for said in ("You shouted on Monday.", "You shouted on Friday."):
        desk.take("put_allegation", "case", CASE, "olu", allegation=said, how="phone", reply_by="2026-08-20")
    field = _form("record_account").field("allegation")
    assert ([one.hint for one in field.options], _chosen(field)) == (
        [
            "You shouted on Monday. Entry 2 on the file, by Olu Lamb",
            "You shouted on Friday. Entry 3 on the file, by Olu Lamb",
        ],
        [],
    )


def test_what_the_address_names_goes_before_what_is_known(desk):
    opened_case(desk)
    desk.take("assess_equality", "case", CASE, "olu", form="short", characteristic="none_found")
    form = _form("decide_no_sanction", equality=f"{CASE}#9")
    assert _chosen(form.field("equality")) == [f"{CASE}#9"]


def test_report_on_the_case_already_is_not_offered_to_be_added(desk):
    for name in (INCIDENT, OTHER_INCIDENT):
        desk.take("report_incident", "incident", name, "fay", **REPORT)
    opened_case(desk, incidents=[INCIDENT])
    assert [one.value for one in _form("link_incident").field("incident").options] == [OTHER_INCIDENT]


def test_step_with_nothing_to_point_at_is_not_offered(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(f"/case/{CASE}/"))
    assert ("Link an incident" in said, "Withdraw what you made" in said) == (False, False)


def test_where_nothing_fits_the_form_says_what_comes_first(desk):
    opened_case(desk)
    said = words(desk.client("olu").get(f"/case/{CASE}/do/link_incident/"))
    assert "No other report about this person is there yet. What happened is reported first." in said


# Days


def test_day_that_is_mostly_today_is_filled_in_and_says_so(desk):
    opened_case(desk)
    field = _form("record_contact").field("contact_on")
    assert (field.parts, field.hint) == (
        ("3", "8", "2026"),
        "The first day, where it stands for many. Today, unless you change it.",
    )


@pytest.mark.parametrize(
    ("step", "day"),
    [("propose_sanction", "ends_on"), ("add_evidence", "dated"), ("give_notice", "address_confirmed_on"),
     ("consider_conversation", "held_on"), ("record_contact", "until")],
)  # fmt: skip
def test_day_that_must_be_thought_about_is_never_supplied(desk, step, day):
    opened_case(desk)
    assert _form(step).field(day).parts == ("", "", "")


def test_day_that_was_filled_in_can_be_changed(desk):
    opened_case(desk)
    asked_on = {"asked_on-day": "1", "asked_on-month": "8", "asked_on-year": "2026"}
    typed = {"address": "example.org/post", **asked_on}
    answer = send(desk.client("olu"), f"/case/{CASE}/do/request_takedown/", typed)
    assert answer.status_code == 302
    assert opened("case", CASE, viewer("olu")).file.recorded[-1].data.asked_on.isoformat() == "2026-08-01"


# Reaching the person


def _unsafe(rule, channel):
    SafeContact.objects.create(customer_id="carol", channel=channel, rule=rule, note="Her letters are opened.")
    Customer.objects.filter(id="carol").update(language="Polish", email="carol@example.org")
    mark_changed()


def test_letter_starts_from_the_home_and_the_format_that_the_registers_have(desk):
    Customer.objects.filter(id="carol").update(format="large_print")
    mark_changed()
    opened_case(desk)
    form = _form("give_notice")
    assert form.field("address").value == "14 Quarry Rise, Bristol BS4 1AA"
    assert (_chosen(form.field("format")), _chosen(form.field("sender"))) == (["large_print"], ["olu"])


def test_format_that_a_need_asks_for_goes_before_the_one_in_the_registers(desk):
    Customer.objects.filter(id="carol").update(format="standard_print")
    mark_changed()
    opened_case(desk)
    desk.take("record_need", "person", "carol", "olu", need="low_vision")
    asked = opened("case", CASE, viewer("olu")).edition.needs["low_vision"].formats
    assert _chosen(_form("give_notice").field("format")) == (list(asked) if len(asked) == 1 else [])


def test_no_address_is_offered_where_post_is_not_safe_and_the_page_says_so_first(desk):
    _unsafe("never", "post")
    opened_case(desk)
    page = desk.client("olu").get(f"/case/{CASE}/do/put_allegation/")
    said = words(page)
    assert said.index("Never by letter by post (Her letters are opened).") < said.index("What is said about them")
    assert "They speak Polish: think of an interpreter or a translation." in said
    assert _form("give_notice").field("address").value == ""


def test_only_safe_way_is_chosen_and_every_other_is_marked(desk):
    _unsafe("only", "email")
    opened_case(desk)
    form = _form("give_notice")
    titles = {one.value: one.title for one in form.field("how").options}
    assert (_chosen(form.field("how")), form.field("address").value) == (["email"], "carol@example.org")
    assert (titles["post"], titles["email"]) == ("Letter by post (not safe for them)", "E-mail")


def test_way_that_is_hard_for_somebody_is_marked_with_their_need(desk):
    opened_case(desk)
    desk.take("record_need", "person", "carol", "olu", need="cannot_speak_on_phone")
    edition = opened("case", CASE, viewer("olu")).edition
    (shut, *_) = edition.needs["cannot_speak_on_phone"].shuts
    titles = {one.value: one.title for one in _form("give_notice").field("how").options}
    assert titles[shut].endswith(f"(hard for them: {edition.needs['cannot_speak_on_phone'].title.lower()})")


# What is offered at all


def test_essential_subjects_are_not_offered_to_be_closed(desk):
    opened_case(desk)
    form = _form("propose_sanction")
    offered = {one.value for one in form.field("terms.topics_closed").options}
    assert offered & form.asking.facts.edition.essential_topics == set()
    assert "general_enquiry" in offered


def test_what_the_system_works_out_is_not_asked(desk):
    opened_case(desk)
    assert "sha256" not in [one.name for one in _form("add_evidence").fields]


def test_fields_that_few_need_are_folded_until_something_is_typed(desk):
    opened_case(desk)
    blank, typed = _form("add_evidence"), _form("add_evidence", **{"volume.contacts": "9"})
    assert (blank.field("volume").is_folded, typed.field("volume").is_folded) == (True, False)


def test_edition_to_move_to_is_chosen_and_not_typed(desk):
    opened_case(desk)
    asking = opened("case", CASE, viewer("mina")).asking
    new = asking.facts.edition
    old = replace(new, about=new.about.model_copy(update={"id": "an-older-one"}))
    before = replace(asking, facts=replace(asking.facts, edition=old))
    assert [one.value for one in StepForm.blank(STEPS["adopt_edition"], before).field("edition").options] == [new.id]


# Before one fills it in


def test_open_case_about_the_same_person_is_told_of_with_the_other_way(desk):
    desk.take("report_incident", "incident", INCIDENT, "olu", **REPORT)
    opened_case(desk)
    page = desk.client("olu").get(f"/case/new/?subject=carol&incidents={INCIDENT}")
    assert f"{CASE} , open since 3 August 2026" in words(page)
    assert f'href="/case/{CASE}/do/link_incident/?incident={INCIDENT}"' in page.content.decode()


def test_h1_open_case_kept_from_the_viewer_is_not_told_of(desk):
    opened_case(desk)
    assert "There is an open case about this person already" not in words(
        desk.client("otto").get("/case/new/?subject=carol")
    )


def test_link_that_mends_brings_its_target_along(desk):
    opened_case(desk)
    desk.take("endorse_case", "case", CASE, "mina", reasons="Nothing else helped.")
    desk.take("bring_in_sanction", "case", CASE, "olu", **BROUGHT_IN)
    desk.take("receive_appeal", "case", CASE, "olu", against=f"{CASE}#3", channel="phone", what="It was not so.")
    page = desk.client("olu").get(f"/case/{CASE}/do/close_case/")
    assert f'href="/case/{CASE}/do/decide_appeal/?target={CASE}%234&amp;next=' in page.content.decode()


def test_auditor_is_told_what_taking_a_part_would_cost(desk):
    opened_case(desk)
    audra = desk.client("audra")
    audra.post(f"/looks/why/case/{CASE}/", {"purpose": "audit", "words": "The yearly audit.", "next": f"/case/{CASE}/"})
    said = words(audra.get(f"/case/{CASE}/"))
    assert "After these you could not audit this case" in said
    form = words(audra.get(f"/case/{CASE}/do/check_own_service/"))
    assert "After this you could not audit this case" in form
    assert "After this you could not audit this case" not in words(audra.get(f"/case/{CASE}/do/add_note/"))


def test_whoever_asked_for_support_is_the_one_it_is_given_to(desk):
    desk.take("report_incident", "incident", INCIDENT, "fay", subject="carol", happened_on="2026-08-01")
    desk.take("offer_staff_support", "incident", INCIDENT, "fay", to="fay", what="A talk.", answer="accepted")
    assert _chosen(_form("offer_staff_support", "mina", "incident", INCIDENT).field("to")) == ["fay"]


def test_one_who_waits_for_support_comes_before_one_who_was_affected(desk):
    reported = {"subject": "carol", "happened_on": "2026-08-01", "affected": ["otto"]}
    desk.take("report_incident", "incident", INCIDENT, "fay", **reported)
    desk.take("offer_staff_support", "incident", INCIDENT, "fay", to="fay", what="A talk.", answer="accepted")
    field = _form("offer_staff_support", "mina", "incident", INCIDENT).field("to")
    assert _chosen(field) == ["fay"]
    assert ("Fay Hart", "Said yes to support") in [(one.title, one.hint) for one in field.options]
    assert "carol" not in [one.value for one in field.options]
    desk.take("offer_staff_support", "incident", INCIDENT, "mina", to="fay", what="We talked.", given_on="2026-08-03")
    assert _chosen(_form("offer_staff_support", "mina", "incident", INCIDENT).field("to")) == ["otto"]
