"""What no edition can lower: where one asks less, the floor is added and `policy check` says so by name."""

from evenhand.policy.engine import Floor
from evenhand.policy.findings import Effect

EQUALITY = "equality assessment before a sanction"
STOP, OWE = Effect.STOP, Effect.OWE
FLOORS: tuple[Floor, ...] = (
    Floor("essential access", "propose_sanction", "essential_access_kept", None, STOP),
    Floor("essential access", "take_urgent_action", "essential_access_kept", None, STOP),
    Floor("essential access", "review_sanction", "essential_access_kept", None, STOP, unless={"outcome": ("lift",)}),
    Floor("essential access", "decide_appeal", "essential_access_kept", None, STOP, when={"outcome": ("varied",)}),
    Floor(EQUALITY, "propose_sanction", "equality_assessed", None, STOP),
    Floor(EQUALITY, "approve_sanction", "equality_assessed", None, STOP),
    Floor(EQUALITY, "take_urgent_action", "equality_assessed", None, STOP, {"form": "short"}),
    Floor("equality assessment before a flag", "approve_flag", "equality_assessed", None, STOP, {"form": "short"}),
    Floor("reasons recorded", "propose_sanction", "reasons_given", None, STOP),
    Floor("reasons recorded", "decide_no_sanction", "reasons_given", None, STOP),
    Floor("reasons recorded", "review_sanction", "reasons_given", None, STOP),
    Floor("reasons recorded", "decide_appeal", "reasons_given", None, STOP),
    Floor("reasons recorded", "decide_flag_dispute", "reasons_given", None, STOP),
    Floor("person told", "approve_sanction", None, "give_notice", OWE),
    Floor("person told", "take_urgent_action", None, "give_notice", OWE),
    Floor("person told", "decide_no_sanction", None, "give_notice", OWE),
    Floor("person told", "review_sanction", None, "give_notice", OWE),
    Floor("person told", "decide_appeal", None, "give_notice", OWE),
    Floor("person told", "approve_flag", None, "tell_person", OWE),
    Floor("an uninvolved appeal officer", "assign_appeal", "officer_apart", None, STOP),
    Floor("an uninvolved appeal officer", "decide_appeal", "decider_apart", None, STOP),
    Floor("a review date", "propose_sanction", "review_date_in_window", None, STOP),
    Floor("a review date", "take_urgent_action", "review_date_in_window", None, STOP),
    Floor("a review date", "give_notice", None, "review_sanction", OWE),
    Floor("a review date", "approve_flag", None, "review_flag", OWE),
)
