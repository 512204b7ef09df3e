"""Fills the database in force with a landlord of a size, and prints as JSON what a browser needs to look at it.

Run as a process of its own: `python -m benchmarks.landlord CASES`.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

LONG, SHORT = 100, 20
OFFICER = "tom"


def main(cases: int) -> None:
    django.setup()
    # Django's applications can be imported only once it is set up.
    from evenhand.databases import migrate  # noqa: PLC0415 - see above
    from evenhand.demo.customers import Size  # noqa: PLC0415 - see above
    from evenhand.demo.loading import load_demo  # noqa: PLC0415 - see above
    from evenhand.demo.scale import load_scale  # noqa: PLC0415 - see above

    migrate()
    today = datetime.now(UTC).date()
    load_demo(today, size=Size(homes=300, joint=90, household=20, applicants=30))
    load_scale(cases, today)
    _settle()
    names = {f"case of {length} entries": _case(length) for length in (SHORT, LONG)}
    print(json.dumps({**names, "cookie": _session(), "subject": _subject(), "surname": _surname()}))


def _settle() -> None:
    """As a database that has run for a while: it knows how its rows are spread."""
    from django.db import connection  # noqa: PLC0415 - see main

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _subject() -> str:
    from evenhand.people.models import Customer  # noqa: PLC0415 - see main

    return str(Customer.objects.order_by("id").values_list("id", flat=True)[7])


def _surname() -> str:
    from evenhand.people.models import Customer  # noqa: PLC0415 - see main

    return str(Customer.objects.order_by("id").values_list("name", flat=True)[7]).split()[-1]


def _case(length: int) -> str:
    from evenhand.cases.taking import take_step  # noqa: PLC0415 - see main

    name, at = f"UC-BENCH-{length}", datetime.now(UTC) - timedelta(minutes=1)
    data = {"subject": _subject(), "breakdown": "Calls every evening.", "tried_first": "Two talks and a plan."}
    taken = take_step(step="open_case", kind="case", file=name, data=data, actor=OFFICER, at=at)
    assert taken.entries, [finding.verdict.sentence for finding in taken.decision.refusals]
    for number in range(length - 1):
        note = {"text": f"Called back, number {number}: the repair is booked for Thursday."}
        take_step(step="add_note", kind="case", file=name, data=note, actor=OFFICER, at=at)
    return name


def _session() -> str:
    from django.test import Client  # noqa: PLC0415 - see main

    from evenhand.accounts.models import Account  # noqa: PLC0415 - see main

    browser = Client(SERVER_NAME="127.0.0.1")
    browser.force_login(Account.objects.get(staff_id=OFFICER))
    browser.get("/account/password/change/")
    return "; ".join(f"{one.key}={one.value}" for one in browser.cookies.values())


if __name__ == "__main__":
    main(int(sys.argv[1]))
