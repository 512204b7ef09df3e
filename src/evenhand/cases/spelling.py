"""Which words there are to be searched for, and which of them somebody may have meant (see `models.Spelling`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher

from django.db.models import F

from evenhand.cases.matching import notes
from evenhand.cases.models import EntryWords, Spelling
from evenhand.record.tables import Row, asked

WORD = re.compile(r"[^\W\d_]{4,24}")
"""Words that can be misspelt: of letters only, neither very short nor very long."""
AT_ONCE = 500
SHORTEST, LAST = 3, "\U0010ffff"
"""How much of a word has to be typed; and what sorts after every letter."""
MEANT = 8
"""How many words stand for one that nobody wrote."""
LIKE_ENOUGH = 0.75


def words_in(texts: Iterable[str]) -> set[str]:
    """The words of some texts, in small letters."""
    return {word for text in texts for word in WORD.findall(text.casefold())}


def keys_of(word: str) -> set[str]:
    """The word, and what is left of it when any one letter is missed out."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def learn(texts: Iterable[str]) -> None:
    """Adds the words of texts that came to be searched."""
    learning(texts)()


def learning(texts: Iterable[str]) -> Callable[[], None]:
    """Asks now which words of texts that came to be searched are known; adds the others when it is called."""
    words = sorted(words_in(texts))
    batches = [words[start : start + AT_ONCE] for start in range(0, len(words), AT_ONCE)]
    known = [_known(some) for some in batches]

    def add() -> None:
        new = {word for some in batches for word in some} - {word for rows in known for (word,) in rows()}
        spelt = [Spelling(key=key, word=word) for word in sorted(new) for key in keys_of(word)]
        Spelling.objects.bulk_create(spelt, batch_size=AT_ONCE, ignore_conflicts=True)

    return add


def _known(words: Sequence[str]) -> Callable[[], list[Row]]:
    # Written out, because every note asks this, and putting a query together costs more than running it.
    marks = ", ".join(["%s"] * len(words))
    return asked(f"SELECT word FROM cases_spelling WHERE key = word AND key IN ({marks})", words)  # noqa: S608 - marks


def forget(texts: Iterable[str]) -> None:
    """Takes away the words of texts that went, unless others have them."""
    gone = [word for word in words_in(texts) if not _stands(word)]
    Spelling.objects.filter(word__in=gone).delete()


def _stands(word: str) -> bool:
    """Whether any text has the word; one that very many have in some form is taken to stand."""
    found = notes([word], limit=AT_ONCE)
    if len(found) == AT_ONCE:
        return True
    return word in words_in(EntryWords.objects.filter(ref__in=[n.ref for n in found]).values_list("words", flat=True))


def meant_by(words: Iterable[str]) -> dict[str, list[str]]:
    """For each word those that it may be the beginning of, and those that are spelt much like it, likest first."""
    keys = {word: keys_of(word) for word in words if WORD.fullmatch(word)}
    wanted = set().union(*keys.values())
    found = list(Spelling.objects.filter(key__in=wanted).values_list("key", "word")) if wanted else []
    near = {word: _likest(word, {near for key, near in found if key in own}) for word, own in keys.items()}
    return {word: [*_begun(word), *near.get(word, ())] for word in words if len(word) >= SHORTEST}


def _begun(word: str) -> list[str]:
    begun = Spelling.objects.filter(key__gt=word, key__lt=word + LAST, key=F("word")).order_by("key")
    return list(begun.values_list("word", flat=True)[:MEANT])


def _likest(word: str, near: Iterable[str]) -> list[str]:
    ranked = sorted(((SequenceMatcher(None, word, other).ratio(), other) for other in near), reverse=True)
    return [other for like, other in ranked if like >= LIKE_ENOUGH][:MEANT]
