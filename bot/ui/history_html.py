"""The user's conversations as a list."""

import datetime
from collections.abc import Sequence

from bot.ledger.records import Conversation
from bot.ui.escape import escape, message_html


def history_html(conversations: Sequence[Conversation], containing: str = "") -> str:
    """Buttons that open a conversation again, and, unfolded first, that delete it."""
    if not conversations:
        return message_html(
            "Không có câu chuyện nào chứa các từ này." if containing.strip() else "Chưa có câu chuyện nào được lưu."
        )
    items = "".join(map(_item, conversations))
    kept = f'<ul class="history" tabindex="0" aria-label="Các câu chuyện đã lưu">{items}</ul>'
    return kept if containing.strip() else kept + _ALL


_ALL = (
    '<details class="confirm"><summary>Xóa tất cả</summary><p>Xóa hẳn mọi câu chuyện đã lưu? '
    '<button type="button" class="danger" data-act="delete_all">Xóa hẳn tất cả</button></p></details>'
)


def _item(one: Conversation) -> str:
    title, held = escape(one.title), f'data-conversation="{escape(one.id)}"'
    return (
        f'<li><button type="button" class="link" data-act="resume" {held}>{title}</button>'
        f'<span class="where">{_when(one.last_at)} · {one.turns} câu hỏi</span>'
        f'<details class="confirm"><summary aria-label="Xóa câu chuyện: {title}">Xóa</summary>'
        f'<button type="button" class="danger" data-act="delete" {held} '
        f'aria-label="Xóa hẳn câu chuyện: {title}">Xóa hẳn</button></details></li>'
    )


def _when(at: datetime.datetime) -> str:
    local = at.astimezone()
    return f"{local:%H:%M}, {local.day}/{local.month}/{local.year}"
