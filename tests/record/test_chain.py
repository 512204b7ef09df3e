"""What binds entries to their content and to each other."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.record import chain
from evenhand.record.chain import BadHeader, EntryRef, Header, commitment, genesis, header_hash, is_proof, seal

HEADER = Header(
    kind="case",
    file_id="case-1",
    sequence=1,
    step="add_note",
    schema_version=1,
    edition_hash="e" * 64,
    engine_version="0.1.0",
    actor_id="olu",
    role="colleague",
    taken_on="2026-03-02",
    recorded_at="2026-03-02T12:00:00.000000+00:00",
    because_of="",
    commitments="{}",
    erases="",
    previous=genesis("case", "case-1"),
)


def test_hashes_are_the_ones_they_have_always_been():
    """A stored record must verify for ever: these change only with a new way of hashing beside the old."""
    assert genesis("case", "case-1") == hashlib.sha256(b'["evenhand file","case","case-1"]').hexdigest()
    assert header_hash(HEADER) == HASH
    assert commitment(b"0123456789abcdef", b"{}") == hashlib.sha256(b"0123456789abcdef{}").hexdigest()


HASH = hashlib.sha256(
    b'["evenhand entry","case","case-1",1,"add_note",1,"' + b"e" * 64 + b'","0.1.0","olu","colleague","2026-03-02",'
    b'"2026-03-02T12:00:00.000000+00:00","","{}","","' + genesis("case", "case-1").encode() + b'"]'
).hexdigest()


@pytest.mark.parametrize("name", chain.HEADER_FIELDS)
def test_h20_every_field_of_a_header_counts(name):
    changed = HEADER._replace(**{name: 7 if isinstance(getattr(HEADER, name), int) else "other"})
    assert header_hash(changed) != header_hash(HEADER)


def test_genesis_binds_kind_and_file():
    assert len({genesis("case", "1"), genesis("flag", "1"), genesis("case", "11"), genesis("cas", "e1")}) == 4


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_h18_the_same_words_have_another_commitment_each_time(body):
    one, other = seal(body, "here"), seal(body, "here")
    assert is_proof(one.commitment, one.salt, one.body)
    assert one.commitment != other.commitment
    assert not is_proof(one.commitment, other.salt, other.body)


@given(st.from_regex(chain.WORD, fullmatch=True), st.from_regex(chain.WORD, fullmatch=True), st.integers(1, 10**6))
def test_an_entry_ref_reads_back_from_its_text(kind, file_id, sequence):
    ref = EntryRef(kind, file_id, sequence)
    assert EntryRef.parse(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    ["", "case", "case/1", "case-1#1", "case/case-1#x", "case/case-1#²", "/case-1#1", "case/#1", "a/b c#1", "a/b#1#2"],
)
def test_what_names_no_entry_is_refused(text):
    with pytest.raises(BadHeader) as refused:
        EntryRef.parse(text)
    assert str(refused.value) == f"{text!r} names no entry; write kind/file#sequence, as in case/case-1#3."


def test_running_digest_tells_rows_apart():
    assert chain.running_digest([("a", "b"), ("c",)]) != chain.running_digest([("a",), ("b", "c")])
    assert chain.running_digest([]) == hashlib.sha256(b"").hexdigest()
