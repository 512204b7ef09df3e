"""The database settings an address gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from evenhand.databases import all_databases, database_settings

HOME = Path("home")


def test_without_an_address_it_is_sqlite_in_the_home():
    settings = database_settings("", HOME)
    assert (settings["ENGINE"], settings["NAME"]) == ("evenhand.sqlite", HOME / "evenhand.sqlite3")
    assert settings["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert settings["OPTIONS"]["init_command"] == (
        "PRAGMA journal_mode=wal;PRAGMA synchronous=2;PRAGMA foreign_keys=1;"
        "PRAGMA recursive_triggers=1;PRAGMA secure_delete=1"
    )


def test_an_address_is_taken_apart():
    assert database_settings("postgres://o%40lu:p%2Fw@db.example:6432/even?sslmode=require", HOME) == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "even",
        "USER": "o@lu",
        "PASSWORD": "p/w",
        "HOST": "db.example",
        "PORT": "6432",
        "OPTIONS": {
            "server_side_binding": True,
            "prepare_threshold": 3,
            "sslmode": "require",
            "options": "-c random_page_cost=1.1 -c jit=off",
        },
        "CONN_MAX_AGE": None,
    }


def test_an_address_may_leave_the_rest_to_postgresql():
    settings = database_settings("postgresql:///even", HOME)
    assert [settings[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == ["even", "", "", "", ""]


def test_only_notes_of_who_looked_do_not_wait_for_the_disk_and_the_address_has_the_last_word():
    found = all_databases("postgres://db.example/even?options=-c%20jit%3Don", HOME)
    assert {alias: settings["OPTIONS"]["options"] for alias, settings in found.items()} == {
        "default": "-c random_page_cost=1.1 -c jit=off -c jit=on",
        "sessions": "-c random_page_cost=1.1 -c jit=off -c jit=on",
        "looks": "-c random_page_cost=1.1 -c jit=off -c synchronous_commit=off -c jit=on",
    }


@pytest.mark.parametrize("url", ["mysql://u:secret@h/name", "postgres://u:secret@h", "postgres://u:secret@h/", "name"])
def test_an_address_that_is_none_is_refused_without_its_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        database_settings(url, HOME)
    assert str(refused.value) == (
        "EVENHAND_DATABASE_URL must look like postgres://user:password@host:port/name; leave it out to use SQLite."
    )


@pytest.mark.parametrize("url", ["postgres://u:secret@h:port/name", "postgres://u:secret@h:99999/name"])
def test_a_port_that_is_no_number_is_refused_without_the_password(url):
    with pytest.raises(ImproperlyConfigured) as refused:
        database_settings(url, HOME)
    assert str(refused.value) == (
        "EVENHAND_DATABASE_URL has a port that cannot be; use postgres://user:password@host:port/name."
    )


@pytest.mark.parametrize("url", ["postgres://[bad/name", "postgres://u:p@[::1/name"])
def test_an_address_that_cannot_be_taken_apart_is_refused(url):
    with pytest.raises(ImproperlyConfigured):
        database_settings(url, HOME)


@pytest.mark.django_db
def test_a_statement_means_the_same_each_time_it_comes_with_its_percent_signs():
    with connection.cursor() as cursor:
        found = [cursor.execute("SELECT '5%%' || %s", [said]).fetchone() for said in ("a", "b")]
        found.append(cursor.execute("SELECT %(said)s", {"said": "c"}).fetchone())
    assert found == [("5%a",), ("5%b",), ("c",)]
