"""The inquiry file: what a customer says of a colleague, looked into apart and seen by few (clause 1.5)."""

from functools import cached_property

from evenhand.casework.entry import Entry, File, file_of
from evenhand.casework.steps.inquiry import AssignInquiry, ConcludeInquiry, OpenInquiry


class InquiryFile(File):
    kind = "inquiry"

    @property
    def opening(self) -> Entry[OpenInquiry] | None:
        return self.last(OpenInquiry)

    @property
    def subject(self) -> str:
        return (self.opening.data.subject or "") if self.opening else ""

    @property
    def colleague(self) -> str:
        """The colleague it is about, who never sees it."""
        return (self.opening.data.about or "") if self.opening else ""

    @property
    def allegation(self) -> str:
        """The entry on the case that it comes from."""
        return (self.opening.data.allegation or "") if self.opening else ""

    @property
    def case(self) -> str:
        return file_of(self.allegation)

    @property
    def hands(self) -> Entry[AssignInquiry] | Entry[OpenInquiry] | None:
        """The entry that last said who looks into it, and who else may see it."""
        return self.last(AssignInquiry) or self.opening

    @property
    def inquirer(self) -> str:
        return (self.hands.data.inquirer or "") if self.hands else ""

    @property
    def in_hands_of(self) -> str:
        return self.inquirer

    @cached_property
    def kept_to(self) -> frozenset[str]:
        """The few who may see it: as last said, with whoever gave it into somebody's hands (clause 3.2)."""
        if self.hands is None:
            return frozenset()
        gave = {entry.by for entry in (*self.all(OpenInquiry), *self.all(AssignInquiry))}
        return frozenset({self.inquirer, *self.hands.data.allowed, *gave} - {self.colleague, ""})

    @property
    def is_restricted(self) -> bool:
        return True

    @property
    def conclusion(self) -> Entry[ConcludeInquiry] | None:
        return self.last(ConcludeInquiry)

    @property
    def state(self) -> str:
        """`none`, `open`, `concluded` or `disposed`."""
        if self.is_disposed:
            return "disposed"
        return "concluded" if self.conclusion else "open" if self.exists else "none"
