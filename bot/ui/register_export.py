"""Buttons that save what is filtered as a file; it is made apart, handed to the browser and not kept."""

import base64
import datetime
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import gradio as gr

from bot.errors import KhuyenNghiError, RegisterError
from bot.register_files import write_csv, write_docx, write_json, write_xlsx
from bot.register_listing import Listing
from bot.service import Assistant
from bot.terminal import number
from bot.ui.asker import who
from bot.ui.clicks import Updates, on
from bot.ui.escape import message_html
from bot.ui.register_shown import Shown, listed

_SAVE = "(file) => { window.khuyenNghi?.save(file); return []; }"
_DOCX_GROUPS = 3000  # several hundred pages
_GUARD = (
    "Trong tệp CSV, ô mà Excel có thể hiểu là công thức (bắt đầu bằng =, +, - hoặc @) có thêm dấu ' ở đầu; "
    "các dạng khác giữ nguyên văn."
)
_OFFICE = "application/vnd.openxmlformats-officedocument"


class Form(NamedTuple):
    """A form of file, with the label of its button."""

    label: str
    ending: str
    media_type: str
    write: Callable[[Path, Listing], None]


FORMS = (
    Form("Excel (XLSX)", "xlsx", f"{_OFFICE}.spreadsheetml.sheet", write_xlsx),
    Form("Word (DOCX)", "docx", f"{_OFFICE}.wordprocessingml.document", write_docx),
    Form("CSV", "csv", "text/csv;charset=utf-8", write_csv),
    Form("JSON", "json", "application/json", write_json),
)


class RegisterExport:
    """Builds its components where it is made; `shown` is the filter that stands on the page, not one half typed."""

    def __init__(self, assistant: Assistant, shown: gr.State) -> None:
        self._assistant = assistant
        with gr.Row(elem_id="register-export", elem_classes="own-widths"):
            buttons = [gr.Button(f"Tải {form.label}", size="sm", min_width=130) for form in FORMS]
        self._told = gr.HTML(f'<p class="where">{_GUARD}</p>', elem_id="register-export-note")
        self._file = gr.JSON(visible=False)
        for button, form in zip(buttons, FORMS, strict=True):
            made = on(button.click, self._maker(form), [shown], [self._file, self._told], at_once=1)
            made.then(None, [self._file], [], js=_SAVE, api_visibility="private")

    def _maker(self, form: Form) -> Callable[..., Iterator[Updates]]:
        def make(shown: Shown, request: gr.Request) -> Iterator[Updates]:
            """Name, type and content in base64."""
            yield {self._file: [], self._told: message_html("Đang tạo tệp; danh sách dài có thể mất nửa phút …")}
            try:
                listing = listed(self._assistant, who(request), shown.typed).listing
                require_printable(form, listing)
                content = content_of(form.write, listing)
            except KhuyenNghiError as exc:
                yield {self._file: [], self._told: message_html(str(exc), error=True)}
                return
            name = f"so-khuyen-nghi-{datetime.datetime.now():%Y%m%d-%H%M}.{form.ending}"
            told = f'<p class="where">Đã tạo tệp {name}. {_GUARD}</p>'
            yield {self._file: [name, form.media_type, base64.b64encode(content).decode()], self._told: told}

        return make


def require_printable(form: Form, listing: Listing) -> None:
    """Raises RegisterError for a list that would make a paper of hundreds of pages."""
    groups = sum(len(section.groups) for section in listing.sections)
    if form.ending == "docx" and groups > _DOCX_GROUPS:
        raise RegisterError(
            f"Danh sách có {number(groups)} nội dung, quá dài cho tệp Word.",
            f"Hãy lọc còn tối đa {number(_DOCX_GROUPS)} nội dung, hoặc tải dạng Excel.",
        )


def content_of(write: Callable[[Path, Listing], None], listing: Listing) -> bytes:
    """What a writer writes. Raises RegisterError."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "tep"
        write(file, listing)
        return file.read_bytes()
