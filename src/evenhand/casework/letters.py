"""What a letter must hold, answered from the decision's own data until letters themselves exist (clause 5.1)."""

LETTER_PARTS = frozenset(
    {
        "reasons", "dates", "measure", "essential_access", "appeal", "ombudsman", "review_date", "contact", "what_next",
        "decision",
    }
)  # fmt: skip
