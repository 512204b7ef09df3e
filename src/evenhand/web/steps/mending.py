"""What would meet a check that is not met: a field of the same form, or another step on the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evenhand.casework.steps import STEPS
from evenhand.casework.steps.base import StepData
from evenhand.web.lists.acts import KEPT_BY

MENDS: Mapping[str, tuple[str, ...]] = {
    "address_confirmed": ("address_confirmed_on",),
    "allegations_put": ("put_allegation",),
    "agency_answer_given": ("reply",),
    "alternatives_considered": ("alternatives",),
    "appeal_told": ("what",),
    "appeal_admitted": ("decide_late_appeal",),
    "basis_named": ("basis", "which"),
    "assessment_complete": ("details",),
    "breakdown_stated": ("breakdown",),
    "capacity_considered": ("capacity_considered",),
    "case_endorsed": ("endorse_case",),
    "category_and_controls_named": ("category", "control_measures"),
    "change_stated": ("terms", "ends_on"),
    "colleague_joined": ("colleague",),
    "comments_invited": ("comments_invited_on",),
    "conduct_assessed": ("assess_conduct",),
    "consent_described": ("consent_by", "consent_on", "consent_for"),
    "conversation_considered": ("consider_conversation",),
    "criticism_told_from_abuse": ("request_takedown",),
    "customer_heard": ("put_allegation", "record_account"),
    "departure_accepted": ("departure_accepted",),
    "due_regard_noted": ("due_regard",),
    "endorser_is_line_manager": ("stands_in_for",),
    "equality_assessed": ("assess_equality",),
    "essential_access_kept": ("terms",),
    "every_joint_tenant_served": ("served",),
    "evidence_cited": ("evidence", "add_evidence"),
    "expiry_set": ("lapses_on",),
    "finding_named": ("number",),
    "flag_evidence_since": ("evidence",),
    "flag_review_in_window": ("review_on", "next_review_on"),
    "flag_subject_identified": ("subject",),
    "form_used": ("form",),
    "format_meets_needs": ("format",),
    "fresh_reasons": ("evidence", "add_evidence"),
    "further_day_later": ("until",),
    "further_day_near": ("until",),
    "grounds_named": ("grounds",),
    "guardian_named": ("guardian",),
    "harm_named": ("harm", "to_whom"),
    "impact_described": ("add_evidence",),
    "incident_cited": ("incident",),
    "legal_adviser_instructed": ("instruct_legal",),
    "letter_complete": ("explains",),
    "letter_sender": ("how", "sender"),
    "like_for_like": ("similar_cases",),
    "look_again_date_set": ("look_again_on",),
    "lower_rung_tried": ("departure_reason",),
    "manager_took_part": ("manager",),
    "longer_term_agreed": ("ask_continuation",),
    "mediation_considered": ("consider_mediation",),
    "medical_cause_considered": ("assess_conduct",),
    "needs_not_clashing": ("terms", "clash_resolved"),
    "next_review_in_window": ("next_review_on",),
    "no_earlier_assurance": ("assurance_answered",),
    "no_legal_hold": ("release_hold",),
    "no_live_flag": ("end_flag",),
    "no_live_sanction": ("lift_sanction",),
    "no_more_than_needed": ("what", "purpose"),
    "no_open_appeal": ("decide_appeal",),
    "not_between_customers": ("refer_to_asb",),
    "not_resting_on_overdue_review": ("review_sanction",),
    "notice_follows_decision": ("given_on", "served_on", "answered_on"),
    "obligation_cited": ("obligation",),
    "officer_apart": ("officer",),
    "officer_is_assigned": ("assign_appeal",),
    "officer_senior": ("officer",),
    "officer_trained": ("officer",),
    "one_person_bound": ("binds",),
    "others_consulted": ("consulted",),
    "outcome_told": ("give_notice",),
    "own_service_checked": ("check_own_service",),
    "panel_apart": ("present",),
    "parameters_complete": ("terms", "ends_on"),
    "person_identified": ("evidence", "add_evidence"),
    "possession_dates_stated": ("earliest_proceedings_on",),
    "prevention_stated": ("prevention",),
    "talk_explained": ("held_on", "reasons"),
    "audit_says_something": ("checklist",),
    "allegation_cited": ("allegation",),
    "bearing_stated": ("bearing",),
    "colleague_heard": ("record_colleague_account",),
    "colleague_kept_out": ("allowed",),
    "inquirer_apart": ("inquirer",),
    "proportionality_stated": ("proportionate_because",),
    "account_given": ("account", "attempt"),
    "put_usably": ("format", "how"),
    "question_answered": ("answer_question",),
    "reasons_given": ("reasons",),
    "remedies_exhausted": ("severe_because",),
    "remedy_fits_tenure": ("remedy",),
    "reporter_told": ("tell_reporter",),
    "review_date_in_window": ("review_on",),
    "risk_named": ("risk",),
    "route_matches_scope": ("route",),
    "safe_working_planned": ("plan_safe_working",),
    "safeguarding_considered": ("safeguarding_considered",),
    "sanction_approved": ("approve_sanction",),
    "subject_in_scope": ("subject_kind",),
    "referral_consented": ("consent", "agency"),
    "support_considered": ("signpost_support",),
    "support_offered": ("support",),
    "tried_first_stated": ("tried_first",),
    "within_longest_term": ("ends_on",),
}
"""For each check that somebody can meet: the field to fill in where the form has it, or the step to take instead."""


def mending_field(check: str, model: type[StepData], said: Mapping[str, Any] | None = None) -> str:
    """The field of this form that would meet a check, or ''; of several, the first that says nothing yet in `said`.

    Terms are several fields: what is said in one says nothing of another.
    """
    fields = [name for name in MENDS.get(check, ()) if name in model.model_fields]
    empty = (name for name in fields if said is not None and (name == "terms" or not said.get(name)))
    return next(empty, next(iter(fields), ""))


def step_for(check_or_duty: str) -> str:
    """The step that would meet a check or keep a duty, or ''."""
    if check_or_duty in KEPT_BY:
        return KEPT_BY[check_or_duty].step
    return next((name for name in MENDS.get(check_or_duty, ()) if name in STEPS), "")
