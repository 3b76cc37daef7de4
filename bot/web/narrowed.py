"""What a request narrows a question or a search down to: in a body, or as parameters of an address."""

from typing import Annotated

from fastapi import Depends, Query
from pydantic import Field

from bot.identity import Identity
from bot.register_asked import Typed
from bot.service import Assistant
from bot.web.api_answer import Body, Text
from bot.web.served import Ours, Who
from bot.within import ANYWHERE, Within

_MOST = 40
_PROVINCE = "Provinces by today's or an older name, with or without diacritics; nothing means any."
_FIELD = "Fields of work, e.g. `an toàn thông tin`."
_KIND = "Kinds of statements, in English or Vietnamese: `recommendation` or `khuyến nghị`."
_SINCE = "From this day, month or year: `2020`, `2020-09`, `2020-09-10`, `10/9/2020`."
_UNTIL = "To the end of this day, month or year."
Names = Annotated[list[Text], Field(max_length=_MOST)]
ProvinceQuery = Annotated[Names, Query(description=_PROVINCE, examples=[["Đồng Tháp"]])]
FieldQuery = Annotated[Names, Query(description=_FIELD)]
KindQuery = Annotated[Names, Query(description=_KIND)]
SinceQuery = Annotated[Text, Query(description=_SINCE, examples=["2020-09"])]
UntilQuery = Annotated[Text, Query(description=_UNTIL)]


class WithinBody(Body):
    """Which evidence may be used; what is left out means any."""

    provinces: Names = Field(default=[], description=_PROVINCE, examples=[["Đồng Tháp"]])
    since: Text = Field(default="", description=_SINCE, examples=["2020"])
    until: Text = Field(default="", description=_UNTIL, examples=["2021-06"])
    fields: Names = Field(default=[], description=_FIELD)
    kinds: Names = Field(default=[], description=_KIND, examples=[["recommendation"]])

    def understood(self, assistant: Assistant, who: Identity) -> Within:
        """As the assistant has it. Raises RegisterError."""
        typed = Typed(self.provinces, self.kinds, self.fields, since=self.since, until=self.until)
        return ANYWHERE if typed == Typed([], [], []) else assistant.within(who, typed)


def _of_query(
    assistant: Ours,
    who: Who,
    province: ProvinceQuery = [],  # noqa: B006  # FastAPI copies it
    since: SinceQuery = "",
    until: UntilQuery = "",
    field: FieldQuery = [],  # noqa: B006
    kind: KindQuery = [],  # noqa: B006
) -> Within:
    body = WithinBody(provinces=province, since=since, until=until, fields=field, kinds=kind)
    return body.understood(assistant, who)


WithinQuery = Annotated[Within, Depends(_of_query)]
