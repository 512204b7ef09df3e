"""The application's role on PostgreSQL: it may add to the record and read it, and owns nothing.

One role owns the tables and runs migrations; the service connects as another, which can neither change what was
recorded nor switch off a guard.
"""

from __future__ import annotations

from django.db import connection, transaction

MAY = {
    "record_head": "SELECT, INSERT, UPDATE",
    "record_entry": "SELECT, INSERT",
    "record_part": "SELECT, INSERT, DELETE",
    "record_erasure": "SELECT, INSERT",
    "record_receipt": "SELECT, INSERT, DELETE",
    "record_checkpoint": "SELECT, INSERT",
    "record_checkpointhead": "SELECT, INSERT",
    "looks_look": "SELECT, INSERT",  # who looked is added to, and never changed
}
MIGRATIONS = "django_migrations"
MAY_ELSEWHERE = "SELECT, INSERT, UPDATE, DELETE"


class NoSuchRole(ValueError):
    """The role cannot be the application's; the message says why."""


def grant_application(role: str) -> None:
    """Gives `role` what the application needs, and nothing more; run it as the owner, after every migration.

    Raises NoSuchRole when the role is missing, or could do more than that by being a superuser or an owner.
    """
    if connection.vendor != "postgresql":
        raise NoSuchRole("SQLite has no roles: protect the file, and keep checkpoints elsewhere.")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, pg_has_role(oid, current_user, 'MEMBER') FROM pg_roles WHERE rolname = %s", [role]
        )
        found = cursor.fetchone()
        if found is None:
            raise NoSuchRole(f"There is no role {role!r}; make it with CREATE ROLE {role} LOGIN, then try again.")
        if any(found):
            raise NoSuchRole(
                f"The role {role!r} owns the tables or is a superuser; give the service one that is neither."
            )
        cursor.execute("SELECT current_schema()")
        for statement in _grants(role, cursor.fetchone()[0]):
            cursor.execute(statement)


def owns_record() -> bool:
    """Whether the role now connected could switch off the guards."""
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(relowner, 'MEMBER') FROM pg_class WHERE oid = 'record_entry'::regclass")
        return bool(cursor.fetchone()[0])


def _grants(role: str, schema: str) -> list[str]:
    quote = connection.ops.quote_name
    tables = [table for table in connection.introspection.table_names() if table != MIGRATIONS]
    grants = [f"GRANT {MAY.get(table, MAY_ELSEWHERE)} ON {quote(table)} TO {quote(role)}" for table in tables]
    revokes = [f"REVOKE ALL ON {quote(table)} FROM PUBLIC, {quote(role)}" for table in tables]
    return [
        *revokes,
        *grants,
        f"GRANT SELECT ON {MIGRATIONS} TO {quote(role)}",
        f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quote(schema)} TO {quote(role)}",
    ]
