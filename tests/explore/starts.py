"""Where exploration starts: a few situations reached by a short script, each with what can be tried from there.

The same starts serve every search, of the product as it is and of each seeded rule break.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenhand.policy.edition import Edition
from tests.explore.moves import MOVES
from tests.explore.world import Move, World

TO_ITS_END = 30
"""More moves than anything reachable is deep: such a start is explored to its end."""


@dataclass(frozen=True)
class Start:
    """A situation: the moves that lead to it, those to try from there, over how many days and how many moves deep."""

    name: str
    script: tuple[str, ...]
    tries: tuple[str, ...]
    days: int = 0
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


def on(file: str, moves: str) -> tuple[str, ...]:
    """Moves on a file, by their names with ' | ' between them."""
    return tuple(f"{file} {move}" for move in moves.split(" | "))


def on_case(moves: str) -> tuple[str, ...]:
    return on("case-1", moves)


OPENED = ("incident-1 report", *on_case("open"))
ENDORSED = (*OPENED, *on_case("endorse"))
HEARD = (*ENDORSED, *on_case("talk | put | answer | support"))
WARNED = (*HEARD, *on_case("assess | warn | approve by mina | tell"))
PROPOSED = (*HEARD, *on_case("assess | restrict: skipping the warning"))
APPROVED = (*PROPOSED, *on_case("approve by mina"))
RESTRICTED = (*APPROVED, *on_case("tell"))
AGAIN = ("wait 15", "incident-3 report", *on_case("put: what came since | answer | assess"))
OTHER_CASE = ("incident-3 report", *on("case-2", "open | endorse | talk | put | answer | support"))
FLAGGED = (*OPENED, *on_case("assess: short"), *on("flag-1", "propose | approve by mina"))
TELLING = on_case("tell | tell: the newest | tell: by post | tell: came back")

STARTS: tuple[Start, ...] = (
    Start(
        "reported",
        ("incident-1 report",),
        on_case("open | endorse | endorse: by the colleague | talk | talk: no reasons | put | answer | assess | close")
        + on_case("warn | approve by mina | tell"),
        deep=TO_ITS_END,
    ),
    Start(
        "talked to by nobody",
        (*ENDORSED, *on_case("put | answer | support | assess")),
        on_case("talk | talk: no reasons | warn | restrict | restrict: skipping the warning | approve by mina")
        + on_case("approve by ada | decline | tell | lift | close"),
    ),
    Start(
        "heard",
        HEARD,
        on_case("assess | assess: nobody asked | assess: no sanction | assess: short | warn | warn: by the manager")
        + on_case("warn: no evidence | warn: no review | warn: review on the last day | warn: review a day late")
        + on_case("warn: review a day early | restrict | restrict: skipping the warning | restrict: three weeks")
        + on_case("restrict: no repairs | restrict: no way left | approve by mina | tell"),
    ),
    Start(
        "proposed",
        PROPOSED,
        on_case("approve by tess | approve by olu | approve by ada | approve by mina | approve by max | approve by sam")
        + on_case(
            "approve: the skipping left open | decline | assess | tell | tell: by post | tell: a month ago | close"
        )
        + ("carol cannot write", "incident-1 max was hurt", "wait 1", "wait 40"),
        days=41,
        deep=5,
    ),
    Start(
        "approved for ten weeks",
        (*HEARD, *on_case("assess | restrict: ten weeks | approve by mina")),
        TELLING
        + on_case("tell: a month ago | review: continue | appeal | turn away by sue | assess | close")
        + ("wait 6", "wait 31", "wait 40"),
        days=80,
    ),
    Start(
        "warned",
        (*WARNED, *AGAIN),
        on_case("assess | restrict | restrict: for what came since | restrict: by e-mail only | approve by mina")
        + on_case("approve: the skipping left open | tell | lift | review: lift | close")
        + ("wait 1", "wait 100", "wait 400", "carol cannot write"),
        days=420,
    ),
    Start(
        "warning lifted",
        (*WARNED, "wait 1", *on_case("lift | tell"), *AGAIN),
        on_case(
            "restrict: for what came since | restrict: skipping the warning | approve by mina | tell | tell: by post"
        )
        + on_case("approve: the skipping left open | review: continue | appeal | lift | close")
        + ("wait 100",),
        days=100,
    ),
    Start(
        "restricted",
        RESTRICTED,
        on_case(
            "review: continue | review: continue too long | review: continue, no next | review: lift | lift | close"
        )
        + on_case(
            "review: continue, nothing new | review: harsher, no repairs | review: gentler | review: vary, no next"
        )
        + on_case("review: said to be gentler, no way left | assess | tell | take back the lifting")
        + ("wait 40", "wait 100", "carol cannot phone"),
        days=141,
    ),
    Start(
        "told two weeks ago",
        (*APPROVED, "wait 1", *on_case("tell"), "wait 6", "wait 6", "wait 1"),
        on_case("appeal | appeal: on the last day | appeal: a day late | appeal: in truth on the last day")
        + on_case("turn away by sue | turn away by sam | let in by sue | assign to sue | dismiss by sue | tell")
        + on_case("tell: came back | take back an appeal | lift | close")
        + ("wait 1", "wait 6"),
        days=15,
    ),
    Start(
        "appealed",
        (*RESTRICTED, "wait 1", *on_case("appeal")),
        on_case("assign to sue | assign to sam | assign to mina | assign to max | assign to sue: by the approver")
        + on_case("assign outside | uphold outside by mina | uphold outside by max | suspend | vary by sue")
        + on_case("vary by sue: no repairs | vary by sue: no way left | uphold by sue | uphold by sam | dismiss by sue")
        + on_case(
            "dismiss by sam | dismiss by mina | dismiss by max | take back an appeal | take back the appeal decision"
        )
        + on_case("tell | lift | close")
        + ("wait 15",),
        days=15,
        deep=6,
    ),
    Start(
        "to be reviewed",
        (*RESTRICTED, "wait 31", *on_case("assess")),
        on_case("review: continue | appeal: against the review | turn away by sue | assign to sue | dismiss by sue")
        + on_case("review: lift | close")
        + TELLING
        + ("wait 6", "wait 15"),
        days=42,
    ),
    Start(
        "in danger",
        (*OPENED, *on_case("assess: short")),
        on_case("urgent | urgent: nobody in charge | urgent: no evidence | urgent: no review | urgent: no way left")
        + on_case(
            "urgent: injunction | urgent: unreasonable demands | assess: of Dan | assess: short | endorse | put | close"
        )
        + ("wait 6",),
        days=6,
        deep=5,
    ),
    Start(
        "acted at once",
        (*OPENED, *on_case("assess: short | urgent")),
        on_case("endorse | put | answer | talk | assess | tell | tell: by post | tell: came back | appeal")
        + on_case("turn away by sue | review: lift | close")
        + ("wait 15", "wait 100"),
        days=115,
    ),
    Start(
        "two cases",
        (*WARNED, "wait 15", *OTHER_CASE),
        on("case-2", "assess | restrict | restrict: by e-mail only | approve by mina | approve: the skipping left open")
        + on("case-2", "tell")
        + on_case("assess | lift | review: lift | tell")
        + ("carol cannot write", "wait 1", "wait 100"),
        days=101,
    ),
    Start(
        "two restrictions",
        (*RESTRICTED, *OTHER_CASE, "wait 1", *on("case-2", "assess")),
        on("case-2", "restrict: by e-mail only | approve by max | tell | urgent | assess: short | lift | appeal")
        + on("case-2", "assign to sue | uphold by sue")
        + on_case("lift | close")
        + ("carol cannot phone", "carol cannot write", "carol died"),
    ),
    Start(
        "joint tenants",
        (*HEARD, "incident-2 report", *on_case("assess")),
        on_case("restrict: Dan | restrict: Dan, for what Carol did | restrict: both | answer | approve by mina | tell")
        + on_case("link Dan's report | put: to Dan | assess: of Dan"),
        deep=TO_ITS_END,
    ),
    Start(
        "put to Dan",
        (*HEARD, "incident-2 report", *on_case("link Dan's report | put: to Dan | answer | assess: of Dan")),
        on_case("restrict: Dan | restrict: Dan, for what Carol did | restrict: both | approve by mina | tell")
        + on_case("lift | close")
        + ("wait 15",),
        days=45,
        deep=5,
    ),
    Start(
        "possession approved",
        (*HEARD, *on_case("assess | possession | approve by sam | instruct")),
        on_case("serve both | serve only Carol | tell | tell: by post | appeal | assign to sue | uphold by sue")
        + on_case("dismiss by sue | lift | close | court made it | court discharged it")
        + ("wait 40",),
        days=80,
    ),
    Start(
        "before the court",
        (*HEARD, *on_case("assess | injunction")),
        on_case("approve by sam | approve by mina | approve by ada | instruct | court made it | court discharged it")
        + on_case(
            "tell | appeal | assign to sue | uphold by sue | dismiss by sue | review: continue | assess | lift | close"
        )
        + ("wait 40",),
        days=40,
    ),
    Start(
        "closing",
        (*WARNED, "wait 31"),
        on_case("review: continue | review: lift | assess | tell | lift | appeal | turn away by sue | let in by sue")
        + on_case("assign to sue | dismiss by sue | close | reopen | take back the closing | take back the allegation")
        + ("wait 15", "wait 100"),
        days=130,
    ),
    Start(
        "reviewed",
        (*WARNED, "wait 31", *on_case("assess | review: continue | tell")),
        on_case(
            "appeal | appeal: on the last day | appeal: a day late | turn away by sue | let in by sue | assign to sue"
        )
        + on_case("dismiss by sue | tell | lift | close | reopen | take back an appeal | take back the closing")
        + ("wait 15",),
        days=60,
    ),
    Start(
        "nothing imposed",
        (*ENDORSED, *on_case("talk")),
        on_case(
            "decide on nothing | put | answer | tell | tell: came back | take back the notice | assess | warn | decline"
        )
        + on_case("take back the allegation | close | reopen")
        + ("wait 6",),
        days=12,
        deep=7,
    ),
    Start(
        "flag",
        (*OPENED, *on_case("assess: short")),
        on(
            "flag-1",
            "propose | propose: at once | propose: no report | approve by mina | approve by max | approve by olu",
        )
        + on("flag-1", "approve: review too late | tell | not tell | keep | keep: too long | end at review | end")
        + ("wait 6",),
        days=6,
        deep=TO_ITS_END,
    ),
    Start(
        "flag shown",
        FLAGGED,
        on("flag-1", "tell | not tell | keep | keep: too long | end at review | end | dispute | dispute: wrong person")
        + on("flag-1", "upheld by sue | dismissed by sue | upheld by mina | dismissed by mina | take back the ending")
        + on("flag-1", "take back the dispute | take back the decision | tell the contractor what to do")
        + on("flag-1", "tell the contractor everything")
        + ("wait 200", "carol died"),
        days=200,
    ),
)
