"""The tab of those who keep the collection: sending files, indexing, the files with what became of them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import gradio as gr
from gradio.context import Context

from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.keeping import Keeping
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.clicks import Updates, number_of, on, text_of
from bot.ui.escape import escape, message_html
from bot.ui.keeper_html import STATES, FilesShown, Sent, files_html, run_html, sent_html
from bot.ui.sent_files import SentFile, SentFiles
from index.parse import SUPPORTED_SUFFIXES

_TICK_S = 4.0
_WIDTH_PX = 160
_REBUILD = (
    "Lập lại từ đầu đọc lại mọi tài liệu đã nạp và có thể mất nhiều phút; trong lúc đó câu trả lời có thể thiếu. "
    "Chỉ cần khi hệ thống yêu cầu, hoặc sau khi đổi cấu hình. Tiếp tục?"
)
_REMOVE = (
    "Gỡ «{name}» khỏi chỉ mục? Câu trả lời và sổ khuyến nghị sẽ không dùng tài liệu này nữa; tệp vẫn còn trên máy chủ."
)
# Gradio passes over files that are too large without a word.
_MEASURING: Final = """
document.addEventListener('change', (event) => {
  const files = event.target.type === 'file' ? [...event.target.files] : [];
  if (!element.closest('[role="tabpanel"]')?.contains(event.target)) return;
  const limit = Number(element.querySelector('[data-limit-mib]').dataset.limitMib) * 1024 * 1024;
  const large = files.filter((file) => file.size > limit).map((file) => file.name);
  if (!large.length) return;
  event.stopImmediatePropagation();
  event.target.value = '';
  trigger('oversized', { names: large.join('\\n') });
}, true);
"""
# The names stand here in quotes, as Gradio wants them in order to know the events.
_HEARING: Final = """
const acts = ['remove', 'again', 'turn'];
element.addEventListener('click', (event) => {
  const button = event.target.closest('button[data-act]');
  if (button && acts.includes(button.dataset.act)) trigger(button.dataset.act, { ...button.dataset });
});
"""


def build_keeper_tab(assistant: Assistant) -> gr.Tab:
    """The tab, inside `gr.Tabs`; it shows itself to keepers only, and every event of it asks for the role."""
    with gr.Tab("Tài liệu", id="keeper", visible=False) as tab:
        inside = KeeperTab(assistant.keeping, tab)
    page = Context.root_block
    if page is None:
        raise RuntimeError("the tab belongs inside gr.Blocks")
    on(page.load, inside.visibility, [], [tab])
    return tab  # type: ignore[no-any-return]  # as gr.Tab, which Gradio leaves untyped


class KeeperTab:
    """Builds its components where it is made."""

    def __init__(self, keeping: Keeping, tab: gr.Tab) -> None:
        self._keeping = keeping
        self._wanted = gr.State(FilesShown())
        self._confirmed = gr.State("")  # the document to be removed, or `*` for a rebuild
        kinds = ", ".join(sorted(SUPPORTED_SUFFIXES))
        limits = f"Nhận các loại: {kinds}; mỗi tệp tối đa {keeping.limit_mib} MiB."
        told = f'<p class="where" data-limit-mib="{keeping.limit_mib}">{escape(limits)}</p>'
        self._limits = gr.HTML(f'<h2 class="unseen">Tải tài liệu lên</h2>{told}', js_on_load=_MEASURING)
        self._replace = gr.Checkbox(label="Thay tệp cũ nếu trùng tên", value=False)
        with gr.Row(elem_classes="own-widths"):
            label = "Chọn tệp để tải lên và nạp …"
            self._files = SentFiles(label, file_count="multiple", variant="primary", size="md", min_width=_WIDTH_PX)
            self._index = gr.Button("Cập nhật chỉ mục", size="md", min_width=_WIDTH_PX)
            self._rebuild = gr.Button("Lập lại từ đầu …", size="md", min_width=_WIDTH_PX)
        self._told = gr.HTML("", elem_id="keeper-told")
        self._run = gr.HTML("", elem_id="keeper-run")
        self._build_confirmation()
        with gr.Row():
            states = [("mọi trạng thái", ""), *((name, state) for state, name in STATES.items())]
            self._state = gr.Dropdown(states, value="", label="Trạng thái", min_width=_WIDTH_PX)
            self._words = gr.Textbox(label="Tìm trong danh sách", max_lines=1, min_width=_WIDTH_PX)
        self._list = gr.HTML("", elem_id="keeper-files", js_on_load=_HEARING)
        self._timer = gr.Timer(_TICK_S, active=False)
        self._connect(tab)

    def _build_confirmation(self) -> None:
        with gr.Column(visible=False, elem_id="keeper-confirm") as self._asking:
            self._question = gr.HTML("")
            with gr.Row():
                self._yes = gr.Button("Đồng ý", variant="stop", size="md", min_width=_WIDTH_PX)
                self._no = gr.Button("Không", size="md", min_width=_WIDTH_PX)

    @property
    def _changed(self) -> list[Any]:
        asking = [self._asking, self._question, self._confirmed]
        return [self._told, self._run, self._list, self._timer, self._wanted, self._files, *asking]

    def _connect(self, tab: gr.Tab) -> None:
        wanted = [self._wanted]
        on(tab.select, self.refresh, wanted, self._changed)
        on(self._timer.tick, self.tick, wanted, self._changed)
        on(self._files.upload, self.send, [self._files, self._replace, *wanted], self._changed)
        on(self._limits.oversized, self.oversized, [], self._changed)
        on(self._index.click, self.index, wanted, self._changed)
        on(self._rebuild.click, self.ask_rebuild, [], self._changed)
        on(self._list.remove, self.ask_remove, [], self._changed)
        on(self._list.again, self.again, wanted, self._changed)
        on(self._list.turn, self.turn, wanted, self._changed)
        on([self._state.change, self._words.submit], self.find, [self._state, self._words], self._changed)
        on(self._yes.click, self.confirmed, [self._confirmed, *wanted], self._changed)
        on(self._no.click, self.put_away, [], self._changed)

    def visibility(self, request: gr.Request) -> gr.Tab:
        """Whether there is such a tab for whoever opened the page."""
        try:
            who(request).require("keeper")
        except KhuyenNghiError:
            return gr.Tab(visible=False)
        return gr.Tab(visible=True)

    def refresh(self, wanted: FilesShown, request: gr.Request) -> Updates:
        """The files and the run as they are now."""
        try:
            return self._now(who(request), wanted)
        except KhuyenNghiError as exc:
            return self._refused(exc)

    def tick(self, wanted: FilesShown, request: gr.Request) -> Updates:
        """How far the run is; the files anew once it is over."""
        try:
            identity = who(request)
            run = self._keeping.last_run(identity)
            if run and not run.is_over:
                return {self._run: run_html(run)}
            return self._now(identity, wanted)
        except KhuyenNghiError as exc:
            return {**self._refused(exc), self._timer: gr.Timer(active=False)}

    def send(self, files: Sequence[SentFile], replaces: bool, wanted: FilesShown, request: gr.Request) -> Updates:
        """Take the files, and read them where at least one was taken."""
        try:
            identity = who(request)
            identity.require("keeper")
            sent = [self._take(identity, file, replaces=replaces) for file in files]
            told = sent_html(sent)
            if any(not one.refusal for one in sent):
                told += self._started(identity)
            return {**self._now(identity, wanted), self._told: told, self._files: None}
        except KhuyenNghiError as exc:
            return self._refused(exc)

    def oversized(self, request: gr.Request, event: gr.EventData) -> Updates:
        """None of the files chosen was sent, since these are too large."""
        try:
            who(request).require("keeper")
        except KhuyenNghiError as exc:
            return self._refused(exc)
        why = f"Tệp lớn hơn {self._keeping.limit_mib} MiB. Hãy chia nhỏ tệp, hoặc chọn lại mà không có tệp này."
        return {self._told: sent_html([Sent(name, why) for name in text_of(event, "names").splitlines()])}

    def index(self, wanted: FilesShown, request: gr.Request) -> Updates:
        """Bring the index in line with the folder."""
        return self._begin(wanted, request)

    def again(self, wanted: FilesShown, request: gr.Request, event: gr.EventData) -> Updates:
        """Try a file once more that was refused or taken out."""
        return self._begin(wanted, request, again=(text_of(event, "source"),))

    def turn(self, wanted: FilesShown, request: gr.Request, event: gr.EventData) -> Updates:
        """Another page of the files."""
        try:
            return self._now(who(request), replace(wanted, page=number_of(event, "page")))
        except KhuyenNghiError as exc:
            return self._refused(exc)

    def find(self, state: str | None, words: str, request: gr.Request) -> Updates:
        """The files in a state, or with words in their names."""
        return self.refresh(FilesShown(state or "", words), request)

    def ask_rebuild(self, request: gr.Request) -> Updates:
        """Whether that is meant."""
        return self._ask("*", _REBUILD, request)

    def ask_remove(self, request: gr.Request, event: gr.EventData) -> Updates:
        """Whether that is meant."""
        return self._ask(text_of(event, "document"), _REMOVE.format(name=text_of(event, "name")), request)

    def confirmed(self, what: str, wanted: FilesShown, request: gr.Request) -> Updates:
        """Do what was asked for."""
        if what == "*":
            return {**self._begin(wanted, request, rebuild=True), **self.put_away()}
        try:
            identity = who(request)
            removed = self._keeping.remove(identity, what)
        except KhuyenNghiError as exc:
            return {**self._refused(exc), **self.put_away()}
        told = message_html("\n".join(f"Đã gỡ: {source}" for source in removed))
        return {**self._now(identity, wanted), self._told: told, **self.put_away()}

    def put_away(self) -> Updates:
        """Without the question."""
        return {self._asking: gr.Column(visible=False), self._question: "", self._confirmed: ""}

    def _ask(self, what: str, question: str, request: gr.Request) -> Updates:
        try:
            who(request).require("keeper")
        except KhuyenNghiError as exc:
            return self._refused(exc)
        return {
            self._told: "",
            self._asking: gr.Column(visible=True),
            self._question: message_html(question),
            self._confirmed: what,
        }

    def _begin(
        self, wanted: FilesShown, request: gr.Request, *, rebuild: bool = False, again: Sequence[str] = ()
    ) -> Updates:
        try:
            identity = who(request)
            self._keeping.index(identity, rebuild=rebuild, again=again)
            return {**self._now(identity, wanted), self._told: ""}
        except KhuyenNghiError as exc:
            return self._refused(exc)

    def _started(self, identity: Identity) -> str:
        """Nothing, or why the files taken have to wait."""
        try:
            self._keeping.index(identity)
        except KhuyenNghiError as exc:
            return message_html(f"{exc} Rồi bấm «Cập nhật chỉ mục» để nạp các tệp vừa gửi.", error=True)
        return ""

    def _take(self, identity: Identity, file: SentFile, *, replaces: bool) -> Sent:
        try:
            with file.path.open("rb") as content:
                return Sent(self._keeping.upload(identity, file.name, content, replace=replaces).name)
        except KhuyenNghiError as exc:
            return Sent(file.name, str(exc))
        except OSError:
            return Sent(file.name, "Tệp không tới nơi. Hãy gửi lại.")
        finally:
            file.path.unlink(missing_ok=True)

    def _now(self, identity: Identity, wanted: FilesShown) -> Updates:
        run = self._keeping.last_run(identity)
        return {
            self._run: run_html(run),
            self._list: files_html(self._keeping.files(identity), wanted),
            self._timer: gr.Timer(active=bool(run and not run.is_over)),
            self._wanted: wanted,
        }

    def _refused(self, error: KhuyenNghiError) -> Updates:
        return {self._told: message_html(str(error), error=True)}
