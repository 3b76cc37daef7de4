"""What the reader narrows the question down to: by province, time, field and kind."""

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from bot.errors import RegisterError
from bot.evidence import shown_date
from bot.register_asked import date_of
from bot.ui.clicks import Updates
from bot.ui.escape import escape
from bot.within import Within
from index.fields import all_fields
from index.records import KINDS, Document, Kind
from index.register import Register, Wanted, last_day, plain_kind


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from in a collection."""

    provinces: tuple[str, ...]
    fields: tuple[str, ...]
    kinds: tuple[Kind, ...]


def choices_of(register: Register, documents: Sequence[Document]) -> Choices:
    """Those that a document or a statement has."""
    statements = [line.statement for line in register.lines(Wanted())]
    fields, kinds = {one.field for one in statements}, {one.kind for one in statements}
    places = {*register.provinces, *(name for document in documents for name in document.provinces)}
    return Choices(
        tuple(sorted(places)),
        tuple(name for name in all_fields() if name in fields),
        tuple(kind for kind in KINDS if kind in kinds),
    )


def within_of(
    provinces: Sequence[str] | None,
    since: str | None,
    until: str | None,
    fields: Sequence[str] | None,
    kinds: Sequence[Kind] | None,
) -> Within:
    """The filter out of what was chosen and typed; None stands for what was never unfolded.

    Raises RegisterError for what is no date.
    """
    first, last = date_of(since or ""), date_of(until or "")
    if first and last and first > last_day(last):
        raise RegisterError(
            f"Khoảng thời gian từ {shown_date(first)} đến {shown_date(last)} không hợp lệ.",
            "Hãy ghi thời điểm bắt đầu trước thời điểm kết thúc.",
        )
    return Within(tuple(provinces or ()), first, last, tuple(fields or ()), tuple(kinds or ()))


def told(within: Within) -> str:
    """The filter in words, empty without one."""
    parts = (
        ("địa phương", ", ".join(within.provinces)),
        ("từ", shown_date(within.since)),
        ("đến hết", shown_date(within.until)),
        ("lĩnh vực", ", ".join(within.fields)),
        ("loại ý kiến", ", ".join(map(plain_kind, within.kinds))),
    )
    return "; ".join(f"{name} {value}" for name, value in parts if value)


def told_html(text: str, *, error: bool = False) -> str:
    """The filter as the reader sees it above the answer, nothing without one."""
    if not text:
        return ""
    words = escape(text) if error else f"Chỉ tìm trong: <b>{escape(text)}</b>"
    clear = '<button type="button" data-act="clear">✕ Bỏ giới hạn</button>'
    return f'<p class="narrowed{" error" if error else ""}">{words} {clear}</p>'


@dataclass(frozen=True, slots=True)
class Narrowing:
    """The components, in the order in which `within_of` takes their values."""

    provinces: gr.Dropdown
    since: gr.Textbox
    until: gr.Textbox
    fields: gr.Dropdown
    kinds: gr.CheckboxGroup

    @property
    def parts(self) -> list[gr.Dropdown | gr.Textbox | gr.CheckboxGroup]:
        """All of them."""
        return [self.provinces, self.since, self.until, self.fields, self.kinds]

    def emptied(self) -> list[object]:
        """Nothing chosen, and nothing told about it."""
        return [[], "", "", [], [], ""]

    def filled(self, choices: Choices) -> Updates:
        """The components with what there is to choose, nothing chosen."""
        kinds = [(plain_kind(kind), kind) for kind in choices.kinds]
        return {
            self.provinces: gr.Dropdown(choices=list(choices.provinces), value=[]),
            self.fields: gr.Dropdown(choices=list(choices.fields), value=[]),
            self.kinds: gr.CheckboxGroup(choices=kinds, value=[]),
        }


def build_narrowing() -> Narrowing:
    """The components, empty until the page is loaded."""
    with gr.Row():
        provinces = gr.Dropdown([], label="Địa phương", multiselect=True, min_width=200)
        fields = gr.Dropdown([], label="Lĩnh vực", multiselect=True, min_width=200)
    with gr.Row():
        since = gr.Textbox(label="Từ (năm, tháng/năm hoặc ngày/tháng/năm)", max_lines=1, min_width=200)
        until = gr.Textbox(label="Đến hết (năm, tháng/năm hoặc ngày/tháng/năm)", max_lines=1, min_width=200)
    kinds = gr.CheckboxGroup([], label="Loại ý kiến")
    return Narrowing(provinces, since, until, fields, kinds)
