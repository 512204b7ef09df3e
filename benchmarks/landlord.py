"""Fills the database in force with a landlord of a size, and prints as JSON what a browser needs to look at it.

Run as a process of its own: `python -m benchmarks.landlord CASES`. Of a landlord who is there already, it only prints.
"""

import json
import sys
from datetime import UTC, datetime, timedelta

import django

LENGTHS = {"short": 20, "long": 100}
OFFICER, COLLEAGUE = "tom", "priya"
NOTED = 9
"""Cases to write notes on, one for each client: nobody has their notes contend with others' all day."""


def main(cases: int) -> None:
    django.setup()
    # Django's applications can be imported only once it is set up.
    from evenhand.cases.models import FileIndex, FilePerson  # noqa: PLC0415 - see above
    from evenhand.databases import migrate  # noqa: PLC0415 - see above
    from evenhand.people.models import Customer  # noqa: PLC0415 - see above

    migrate()
    if not FileIndex.objects.exists():
        _fill(cases)
    with_files = FilePerson.objects.values("person")
    # Tenants whom nothing was ever recorded about, of the demonstration's own, so that any landlord has the same ones.
    plain = Customer.objects.filter(id__startswith="C2").exclude(tenure="").exclude(id__in=with_files).order_by("id")
    subjects = [str(who) for who in plain.values_list("id", flat=True)]
    lengths = {**LENGTHS, **{f"noted {number}": LENGTHS["short"] for number in range(NOTED)}}
    names = {what: _case(what, length, subjects.pop(0)) for what, length in lengths.items()}
    _settle()
    surname = Customer.objects.get(id=subjects[0]).name.split()[-1]
    print(json.dumps({**names, "cookie": _session(), "subjects": subjects, "surname": surname}))


def _fill(cases: int) -> None:
    from evenhand.demo.loading import load_demo  # noqa: PLC0415 - see main
    from evenhand.demo.scale import load_scale  # noqa: PLC0415 - see main

    today = datetime.now(UTC).date()
    load_demo(today)
    load_scale(cases, today)


def _settle() -> None:
    """As a database that has run for a while: it knows how its rows are spread, and no row waits to be cleared away."""
    from django.db import connection  # noqa: PLC0415 - see main

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _case(what: str, length: int, subject: str) -> str:
    """A case of so many entries."""
    from evenhand.cases.models import FileIndex  # noqa: PLC0415 - see main
    from evenhand.cases.taking import take_step  # noqa: PLC0415 - see main

    name, at = f"UC-BENCH-{what.replace(' ', '-').upper()}", datetime.now(UTC) - timedelta(minutes=1)
    if FileIndex.objects.filter(name=name).exists():
        return name
    told = {"breakdown": "Calls every evening.", "tried_first": "Two talks and a plan.", "colleague": COLLEAGUE}
    opened = {"subject": subject, **told}
    taken = take_step(step="open_case", kind="case", file=name, data=opened, actor=OFFICER, at=at)
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
