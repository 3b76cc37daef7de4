"""What a keeper sees as HTML: what became of the files sent, the run under way or over, the files of the collection."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.index_run import Run
from bot.indexing import report_text
from bot.injection import for_people
from bot.kept_files import KeptFile, State
from bot.terminal import number
from bot.ui.escape import escape, message_html
from index.vietnamese import fold

FILES_A_PAGE = 50
STATES: dict[State, str] = {
    "indexed": "đã nạp",
    "waiting": "chờ nạp",
    "refused": "bị từ chối",
    "duplicate": "trùng nội dung",
    "removed": "đã gỡ",
    "archive": "tệp nén",
}


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its name, and why it was refused, empty where it was taken."""

    name: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class FilesShown:
    """Which files a keeper has before them: a state (empty: any), words of their names, a page from 1."""

    state: str = ""
    words: str = ""
    page: int = 1

    def fits(self, file: KeptFile) -> bool:
        """Whether a file is among them."""
        said = fold(f"{file.source} {file.label} {file.reason}")
        return (not self.state or file.state == self.state) and all(word in said for word in fold(self.words).split())


def sent_html(sent: Sequence[Sent]) -> str:
    """What became of each file."""
    taken = sum(not one.refusal for one in sent)
    items = "".join(
        f'<li class="refusal"><b>{escape(one.name)}</b>: không nhận – {escape(one.refusal)}</li>'
        if one.refusal
        else f"<li><b>{escape(one.name)}</b>: đã nhận</li>"
        for one in sent
    )
    return (
        f'<div class="sent" role="status"><h2>Đã nhận {number(taken)} tệp, không nhận {number(len(sent) - taken)} tệp'
        f"</h2><ul>{items}</ul></div>"
    )


def run_html(run: Run | None) -> str:
    """The run under way with how far it is, or what the last one did."""
    if run is None:
        return '<div class="run"><p>Chưa có lượt lập chỉ mục nào kể từ khi khởi động máy chủ.</p></div>'
    what = "Lập lại chỉ mục từ đầu" if run.is_rebuild else "Cập nhật chỉ mục"
    begun = f"{what}, do {escape(run.by)} bắt đầu lúc {_moment(run.started_at)}"
    if not run.is_over:
        return f'<div class="run"><h2>Đang chạy</h2><p>{begun}.</p>{_so_far(run)}</div>'
    ended = f"{begun}, kết thúc lúc {_moment(run.ended_at)}"
    if run.report is None:
        return f'<div class="run"><h2>Lượt gần nhất: không thành công</h2><p>{ended}.</p>{_error(run.error)}</div>'
    items = "".join(f"<li>{escape(line)}</li>" for line in report_text(run.report).splitlines())
    return f'<div class="run"><h2>Lượt gần nhất</h2><p>{ended}.</p><ul>{items}</ul></div>'


def files_html(files: Sequence[KeptFile], shown: FilesShown) -> str:
    """A page of the files that are wanted."""
    wanted = [file for file in files if shown.fits(file)]
    if not wanted:
        return message_html("Không có tệp nào phù hợp." if files else "Chưa có tài liệu nào. Hãy tải tệp lên.")
    last = -(-len(wanted) // FILES_A_PAGE)
    page = min(max(1, shown.page), last)
    rows = "".join(map(_row, wanted[(page - 1) * FILES_A_PAGE : page * FILES_A_PAGE]))
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Tệp", "Trạng thái", "Tài liệu", "Việc cần làm"))
    caption = f"{number(len(wanted))} tệp" + (f", trang {number(page)} / {number(last)}" if last > 1 else "")
    return (
        f'<table class="files"><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>'
        f"{_pager(page, last)}"
    )


def _so_far(run: Run) -> str:
    if not run.total:
        return '<p>Đang xem danh sách tệp …</p><progress aria-label="Tiến độ"></progress>'
    name = escape(run.file.rsplit("/", 1)[-1])
    return (
        f"<p>Đã đọc {number(run.done)} / {number(run.total)} tệp; gần nhất: {name}</p>"
        f'<progress aria-label="Tiến độ" max="{run.total}" value="{run.done}"></progress>'
    )


def _error(text: str) -> str:
    return message_html(text, error=True)


def _row(file: KeptFile) -> str:
    label = escape(for_people(file.label, file.name)) if file.label else ""
    passages = f'<br><span class="where">{number(file.passages)} đoạn; mã {escape(file.document_id)}</span>'
    reason = f'<span class="refusal">{escape(file.reason)}</span>' if file.reason else ""
    when = f'<br><span class="where">{_moment(file.indexed_at)}</span>' if file.indexed_at else ""
    return (
        f'<tr><td data-head="Tệp"><b>{escape(file.name)}</b><br><span class="where">{escape(file.source)}</span></td>'
        f'<td data-head="Trạng thái"><span class="state-tag {file.state}">{STATES[file.state]}</span>{when}</td>'
        f'<td data-head="Tài liệu">{label}{passages if label else ""}{reason}</td><td>{_acts(file)}</td></tr>'
    )


def _acts(file: KeptFile) -> str:
    name = escape(file.name)
    if file.state == "indexed":
        place = f'data-document="{escape(file.document_id)}" data-name="{name}"'
        return f'<button type="button" data-act="remove" {place} aria-label="Gỡ {name}">Gỡ …</button>'
    if file.state in ("refused", "removed"):
        place = f'data-source="{escape(file.source)}"'
        return f'<button type="button" data-act="again" {place} aria-label="Nạp lại {name}">Nạp lại</button>'
    return ""


def _pager(page: int, last: int) -> str:
    turns = ((page - 1, "← Trang trước", page > 1), (page + 1, "Trang sau →", page < last))
    buttons = "".join(
        f'<button type="button" data-act="turn" data-page="{to}">{label}</button>'
        for to, label, is_there in turns
        if is_there
    )
    return f'<nav class="pager" aria-label="Các trang của danh sách">{buttons}</nav>' if buttons else ""


def _moment(iso: str) -> str:
    at = datetime.fromisoformat(iso)
    return f"{at:%H:%M} ngày {at.day}/{at.month}/{at.year}"
