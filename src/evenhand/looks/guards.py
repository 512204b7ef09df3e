"""The triggers that keep what was noted as it was noted, on SQLite and PostgreSQL."""

from __future__ import annotations

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAYS = "looks_look is append-only"


def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Refuses every change of a look."""
    for statement in _sqlite() if schema_editor.connection.vendor == "sqlite" else _postgresql():
        schema_editor.execute(statement, None)


def _sqlite() -> list[str]:
    # INSERT OR REPLACE would take away what is in its way, and tell no trigger.
    over = "WHEN EXISTS (SELECT 1 FROM looks_look o WHERE o.id = NEW.id)"
    events = {"UPDATE": "", "DELETE": "", "INSERT": over}
    return [
        f"CREATE TRIGGER looks_look_no_{event.lower()} BEFORE {event} ON looks_look {when}"
        f" BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        for event, when in events.items()
    ]


def _postgresql() -> list[str]:
    refuse = f"RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';"
    made = [f"CREATE FUNCTION looks_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refuse} END $$"]
    for event, each in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"looks_look_no_{event.lower()}"
        on = f"BEFORE {event} ON looks_look FOR EACH {each}"
        made.append(f"CREATE TRIGGER {name} {on} EXECUTE FUNCTION looks_refuse()")
    return made
