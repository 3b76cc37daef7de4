"""The filter of the register: what there is to choose from, and what was chosen."""

from collections.abc import Sequence
from typing import Any

import gradio as gr

from bot.register_asked import Typed
from bot.ui.clicks import Updates
from index.fields import all_fields
from index.records import KINDS, SIDES, Kind, Side
from index.register import Register, plain_kind, plain_side

BEGIN = Typed(kinds=("recommendation",))
_DATE = "2020, 9/2020, 10/9/2020"
_WIDTH_PX = 220


class RegisterFilter:
    """Builds its components where it is made; `parts` are they, in the order of `typed_of`."""

    def __init__(self) -> None:
        with gr.Row():
            self._provinces = gr.Dropdown(
                [], label="Địa phương", multiselect=True, allow_custom_value=True, min_width=_WIDTH_PX
            )
            self._kinds = gr.Dropdown(
                [(plain_kind(kind), kind) for kind in KINDS],
                value=list(BEGIN.kinds),
                label="Loại ý kiến (để trống: mọi loại)",
                multiselect=True,
                min_width=_WIDTH_PX,
            )
            self._fields = gr.Dropdown(list(all_fields()), label="Lĩnh vực", multiselect=True, min_width=_WIDTH_PX)
        with gr.Row():
            self._sides = gr.Dropdown(
                [(plain_side(side), side) for side in SIDES], label="Bên nói", multiselect=True, min_width=_WIDTH_PX
            )
            self._speaker = gr.Textbox(label="Người nói", max_lines=1, min_width=_WIDTH_PX)
            self._since = gr.Textbox(label="Từ", placeholder=_DATE, max_lines=1, min_width=_WIDTH_PX)
            self._until = gr.Textbox(label="Đến hết", placeholder=_DATE, max_lines=1, min_width=_WIDTH_PX)
            self._sure = gr.Checkbox(label="Chỉ những nội dung chắc chắn", value=False, min_width=_WIDTH_PX)

    @property
    def parts(self) -> list[Any]:
        """The components."""
        chosen = [self._provinces, self._kinds, self._fields, self._sides]
        return [*chosen, self._speaker, self._since, self._until, self._sure]

    @property
    def submits(self) -> list[Any]:
        """What asks for the list when Enter is pressed."""
        return [self._speaker.submit, self._since.submit, self._until.submit]

    def filled(self, register: Register) -> Updates:
        """The provinces there are; the rest is the same for every collection."""
        return {self._provinces: gr.Dropdown(choices=register.provinces)}

    def emptied(self) -> Updates:
        """As it was at the beginning."""
        return dict(zip(self.parts, ([], list(BEGIN.kinds), [], [], "", "", "", False), strict=True))


def typed_of(
    provinces: Sequence[str],
    kinds: Sequence[Kind],
    fields: Sequence[str],
    sides: Sequence[Side],
    speaker: str,
    since: str,
    until: str,
    sure_only: bool,
) -> Typed:
    """The filter as chosen."""
    return Typed(
        tuple(provinces or ()),
        tuple(kinds or ()),
        tuple(fields or ()),
        tuple(sides or ()),
        speaker or "",
        since=since or "",
        until=until or "",
        sure_only=bool(sure_only),
        every_kind=not kinds,
    )
