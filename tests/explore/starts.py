"""Where exploration starts: a few situations reached by a short script, each with what can be tried from there.

The same starts serve every search, of the product as it is and of each seeded rule break.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.policy.edition import Edition
from tests.explore.moves import MOVES
from tests.explore.world import Move, World


@dataclass(frozen=True)
class Start:
    """A situation: the moves that lead to it, those to try from there, over how many days and how many moves deep.

    Thirty moves are deeper than anything reachable: such a start is explored to its end.
    """

    name: str
    script: tuple[str, ...]
    tries: tuple[str, ...]
    days: int
    deep: int = 4

    @property
    def moves(self) -> list[Move]:
        return [MOVES[name] for name in self.tries]

    def world(self, edition: Edition) -> World:
        """The world after the script; under a stricter edition a step of it may be refused and is left out."""
        world = World(edition)
        for name in self.script:
            world = world.after(MOVES[name])
        return world


def on_case(case: str, *moves: str) -> tuple[str, ...]:
    return tuple(f"{case} {move}" for move in moves)


def on_first(*moves: str) -> tuple[str, ...]:
    return on_case("case-1", *moves)


def on_flag(*moves: str) -> tuple[str, ...]:
    return on_case("flag-1", *moves)


OPENED = ("incident-1 report", *on_first("open"))
ENDORSED = (*OPENED, *on_first("endorse"))
HEARD = (*ENDORSED, *on_first("talk", "put", "answer", "support"))
WARNED = (*HEARD, *on_first("assess", "warn", "approve by mina", "tell"))
PROPOSED = (*HEARD, *on_first("assess", "restrict: skipping the warning"))
APPROVED = (*PROPOSED, *on_first("approve by mina"))
RESTRICTED = (*APPROVED, *on_first("tell"))
APPEALED = (*RESTRICTED, "wait 1", *on_first("appeal"))
OTHER_CASE = ("incident-3 report", *on_case("case-2", "open", "endorse", "talk", "put", "answer", "support"))
TELLING = on_first("tell", "tell: the newest", "tell: by post", "tell: came back")
DECIDING = on_first(
    "uphold by sue", "uphold by sam", "dismiss by sue", "dismiss by sam", "dismiss by mina", "dismiss by max"
)

STARTS: tuple[Start, ...] = (
    Start(
        "reported",
        ("incident-1 report",),
        (
            *on_first(
                "open",
                "endorse",
                "talk",
                "talk: no reasons",
                "put",
                "assess",
                "warn",
                "approve by mina",
                "tell",
                "close",
            ),
            "wait 6",
        ),
        7,
        30,
    ),
    Start(
        "talked to by nobody",
        (*ENDORSED, *on_first("put", "answer", "support", "assess")),
        (
            *on_first("talk", "talk: no reasons", "warn", "restrict", "restrict: skipping the warning"),
            *on_first("approve by mina", "approve by ada", "decline", "tell", "lift", "close"),
        ),
        0,
    ),
    Start(
        "heard",
        HEARD,
        (
            *on_first(
                "assess", "assess: nobody asked", "assess: no sanction", "assess: short", "warn", "warn: no evidence"
            ),
            *on_first(
                "warn: no review", "warn: review on the last day", "warn: review a day late", "warn: review a day early"
            ),
            *on_first("restrict", "restrict: skipping the warning", "restrict: three weeks", "restrict: no repairs"),
            *on_first("restrict: no way left", "warn: by the manager", "approve by mina", "approve: the skipping left open", "tell"),
        ),
        0,
        4,
    ),
    Start(
        "proposed",
        PROPOSED,
        (
            *on_first(
                "approve by tess", "approve by olu", "approve by mina", "approve by max", "approve by sam", "decline"
            ),
            *on_first(
                "approve: the skipping left open", "assess", "tell", "tell: by post", "tell: a month ago", "close"
            ),
            "carol cannot write",
            "wait 1",
            "wait 40",
        ),
        41,
        5,
    ),
    Start(
        "approved for ten weeks",
        (*HEARD, *on_first("assess", "restrict: ten weeks", "approve by mina")),
        (
            *TELLING,
            *on_first("tell: a month ago", "review: continue", "appeal", "turn away by sue", "assess", "close"),
            "wait 6",
            "wait 31",
            "wait 40",
        ),
        80,
    ),
    Start(
        "warned",
        (*WARNED, "wait 15"),
        (
            *on_first(
                "assess",
                "restrict",
                "restrict: by e-mail only",
                "approve by mina",
                "approve: the skipping left open",
                "tell",
            ),
            *on_first("lift", "review: lift", "close"),
            "wait 1",
            "wait 100",
            "wait 400",
            "carol cannot write",
        ),
        420,
    ),
    Start(
        "warning lifted",
        (*WARNED, "wait 15", *on_first("lift", "tell", "assess")),
        (
            *on_first("restrict", "restrict: skipping the warning", "approve by mina", "approve: the skipping left open"),
            *on_first("tell", "tell: by post", "review: continue", "appeal", "lift", "close"),
            "wait 100",
        ),
        100,
    ),
    Start(
        "restricted",
        RESTRICTED,
        (
            *on_first(
                "review: continue",
                "review: continue too long",
                "review: continue, no next",
                "review: continue, nothing new",
            ),
            *on_first(
                "review: harsher, no repairs",
                "review: gentler",
                "review: said to be gentler, no way left",
                "review: vary, no next",
            ),
            *on_first("review: lift", "lift", "assess", "tell", "take back the lifting", "close"),
            "wait 40",
            "wait 100",
            "carol cannot phone",
        ),
        141,
    ),
    Start(
        "told two weeks ago",
        (*APPROVED, "wait 1", *on_first("tell"), "wait 6", "wait 6", "wait 1"),
        (
            *on_first("appeal", "appeal: on the last day", "appeal: a day late", "appeal: in truth on the last day"),
            *on_first(
                "turn away by sue",
                "turn away by sam",
                "let in by sue",
                "assign to sue",
                "dismiss by sue",
                "tell",
                "tell: came back",
            ),
            *on_first("take back an appeal", "lift", "close"),
            "wait 1",
            "wait 6",
        ),
        15,
    ),
    Start(
        "appealed",
        APPEALED,
        (
            *on_first(
                "assign to sue", "assign to sam", "assign to mina", "assign to max", "assign to sue: by the approver"
            ),
            *on_first("assign outside", "uphold outside by mina", "uphold outside by max", "suspend", "vary by sue"),
            *on_first(
                "vary by sue: no repairs",
                "vary by sue: no way left",
                "take back an appeal",
                "take back the appeal decision",
            ),
            *DECIDING,
            *on_first("tell", "lift", "close"),
            "wait 15",
        ),
        15,
        6,
    ),
    Start(
        "to be reviewed",
        (*RESTRICTED, "wait 31", *on_first("assess")),
        (
            *on_first(
                "review: continue",
                "appeal: against the review",
                "turn away by sue",
                "assign to sue",
                "dismiss by sue",
                "review: lift",
                "close",
            ),
            *TELLING,
            "wait 6",
            "wait 15",
        ),
        42,
    ),
    Start(
        "in danger",
        (*OPENED, *on_first("assess: short")),
        (
            *on_first(
                "urgent", "urgent: nobody in charge", "urgent: no evidence", "urgent: no review", "urgent: no way left"
            ),
            *on_first("urgent: injunction", "urgent: unreasonable demands", "assess: of Dan", "assess: short"),
            *on_first("endorse", "put", "close"),
            "wait 6",
        ),
        6,
        5,
    ),
    Start(
        "acted at once",
        (*OPENED, *on_first("assess: short", "urgent")),
        (
            *on_first(
                "endorse",
                "put",
                "answer",
                "talk",
                "assess",
                "tell",
                "tell: by post",
                "tell: came back",
                "appeal",
                "turn away by sue",
            ),
            *on_first("lift", "review: lift", "close"),
            "wait 15",
            "wait 100",
        ),
        115,
    ),
    Start(
        "two cases",
        (*WARNED, *OTHER_CASE, "wait 15"),
        (
            *on_case(
                "case-2",
                "assess",
                "restrict",
                "restrict: by e-mail only",
                "approve by mina",
                "approve: the skipping left open",
                "tell",
            ),
            *on_first("assess", "lift", "review: lift", "tell"),
            "carol cannot write",
            "wait 1",
            "wait 100",
        ),
        101,
    ),
    Start(
        "two restrictions",
        (*RESTRICTED, *OTHER_CASE, "wait 1", *on_case("case-2", "assess")),
        (
            *on_case("case-2", "restrict: by e-mail only", "approve by max", "tell", "urgent"),
            *on_case("case-2", "assess: short", "lift", "appeal", "assign to sue", "uphold by sue"),
            *on_first("lift", "close"),
            "carol cannot phone",
            "carol cannot write",
            "carol died",
        ),
        0,
    ),
    Start(
        "joint tenants",
        (*HEARD, "incident-2 report", *on_first("assess")),
        (
            *on_first(
                "restrict: Dan",
                "restrict: both",
                "possession",
                "approve by sam",
                "approve by mina",
                "instruct",
                "serve both",
            ),
            *on_first("serve only Carol", "tell", "link Dan's report", "put: to Dan", "assess: of Dan"),
            "wait 6",
        ),
        6,
        7,
    ),
    Start(
        "before the court",
        (*HEARD, *on_first("assess", "injunction", "approve by sam", "instruct")),
        (
            *on_first(
                "court made it",
                "court discharged it",
                "tell",
                "appeal",
                "assign to sue",
                "uphold by sue",
                "dismiss by sue",
            ),
            *on_first("review: continue", "assess", "lift", "close"),
            "wait 40",
        ),
        40,
    ),
    Start(
        "closing",
        (*WARNED, "wait 31"),
        (
            *on_first(
                "review: continue",
                "review: lift",
                "assess",
                "tell",
                "lift",
                "appeal",
                "turn away by sue",
                "let in by sue",
            ),
            *on_first(
                "assign to sue",
                "dismiss by sue",
                "close",
                "reopen",
                "take back the closing",
                "take back the allegation",
            ),
            "wait 15",
            "wait 100",
        ),
        130,
        5,
    ),
    Start(
        "nothing imposed",
        (*ENDORSED, *on_first("talk")),
        (
            *on_first(
                "decide on nothing",
                "put",
                "answer",
                "tell",
                "tell: came back",
                "take back the notice",
                "take back the allegation",
            ),
            *on_first("close", "reopen", "assess", "warn", "decline"),
            "wait 6",
        ),
        12,
        7,
    ),
    Start(
        "flag",
        ("incident-1 report", *on_first("open", "assess: short")),
        (
            *on_flag(
                "propose",
                "propose: at once",
                "propose: no report",
                "approve by mina",
                "approve by max",
                "approve by olu",
            ),
            *on_flag("approve: review too late", "tell", "not tell", "keep", "keep: too long", "end at review", "end"),
            "wait 6",
        ),
        6,
        30,
    ),
    Start(
        "flag shown",
        ("incident-1 report", *on_first("open", "assess: short"), *on_flag("propose", "approve by mina")),
        (
            *on_flag(
                "tell", "not tell", "keep", "keep: too long", "end at review", "end", "dispute", "dispute: wrong person"
            ),
            *on_flag(
                "upheld by sue", "dismissed by sue", "upheld by mina", "dismissed by mina", "take back the ending"
            ),
            *on_flag(
                "take back the dispute",
                "take back the decision",
                "tell the contractor what to do",
                "tell the contractor everything",
            ),
            "wait 200",
            "carol died",
        ),
        200,
    ),
)
