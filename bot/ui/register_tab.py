"""The tab of the register: a filter, how many there are, charts, the lines page by page, their sources, files."""

from typing import Any, Final

import gradio as gr

from bot.errors import KhuyenNghiError
from bot.identity import Identity
from bot.register_pages import page_of
from bot.service import Assistant
from bot.ui.asker import who
from bot.ui.charts import charts_html
from bot.ui.clicks import Updates, number_of, on
from bot.ui.correction_form import CorrectionForm
from bot.ui.escape import message_html
from bot.ui.opening import opened_html
from bot.ui.register_export import RegisterExport
from bot.ui.register_filter import BEGIN, RegisterFilter, typed_of
from bot.ui.register_html import heading_html, page_html
from bot.ui.register_shown import Shown, listed

# The names stand here in quotes, as Gradio wants them in order to know the events. A click beside the buttons of a
# line opens its source, too.
_HEARING: Final = """
const acts = ['open', 'turn', 'correct'];
let turned = false;
element.addEventListener('click', (event) => {
  const row = window.getSelection().isCollapsed ? event.target.closest('tbody tr') : null;
  const button = event.target.closest('button') || row?.querySelector('button.source-link');
  if (!button || !acts.includes(button.dataset.act)) return;
  turned = button.dataset.act === 'turn';
  const source = document.getElementById('register-source');
  if (button.dataset.act === 'open' && source) source.opener = button;
  trigger(button.dataset.act, { ...button.dataset });
});
watch('value', () => {
  if (!turned) return;
  turned = false;
  const caption = element.querySelector('caption');
  caption?.setAttribute('tabindex', '-1');
  caption?.focus({ preventScroll: true });
  element.scrollIntoView({ block: 'start' });
});
"""
_BESIDE: Final = """
const panel = element.closest('#register-source');
const close = () => {
  if (!panel.classList.contains('reading')) return;
  panel.classList.remove('reading');
  if (panel.opener?.isConnected) panel.opener.focus();
};
element.addEventListener('click', (event) => {
  if (event.target.closest('[data-close]')) close();
  const button = event.target.closest('button[data-act="open"]');
  if (button) trigger('open', { ...button.dataset });
});
document.addEventListener('keydown', (event) => { if (event.key === 'Escape') close(); });
watch('value', () => window.requestAnimationFrame(() => {
  panel.classList.toggle('reading', element.textContent.trim() !== '');
  const text = element.querySelector('.source-text');
  const mark = text?.querySelector('mark');
  const top = (part) => part.getBoundingClientRect().top;
  if (mark) text.scrollTop += top(mark) - top(text) - text.clientHeight / 3;
  element.querySelector('h2')?.focus({ preventScroll: true });
}));
"""


def build_register_tab(assistant: Assistant) -> gr.Tab:
    """The tab, inside `gr.Tabs`; only keepers see how to correct a line, and only they can."""
    with gr.Tab("Sổ khuyến nghị", id="register") as tab:
        RegisterTab(assistant).when_opened(tab)
    return tab  # type: ignore[no-any-return]  # as gr.Tab, which Gradio leaves untyped


class RegisterTab:
    """Builds its components where it is made."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant
        self._shown = gr.State(Shown(BEGIN))
        with gr.Column(elem_id="register-filter"):
            self._filter = RegisterFilter()
            with gr.Row(elem_classes="own-widths"):
                self._search = gr.Button("Lọc", variant="primary", size="md", min_width=120)
                self._clear = gr.Button("Bỏ lọc", size="md", min_width=120)
        self._heading = gr.HTML("", elem_id="register-heading")
        with gr.Accordion("Biểu đồ theo địa phương, lĩnh vực và năm", open=False, elem_id="register-charts"):
            self._charts = gr.HTML("")
        RegisterExport(assistant, self._shown)
        self._correction = CorrectionForm(assistant)
        self._lines = gr.HTML("", elem_id="register-lines", js_on_load=_HEARING)
        self._source = gr.HTML("", elem_id="register-source", js_on_load=_BESIDE)
        self._connect()

    @property
    def _listing(self) -> list[Any]:
        return [self._shown, self._heading, self._charts, self._lines]

    def _connect(self) -> None:
        parts = self._filter.parts
        on([self._search.click, *self._filter.submits], self.search, parts, self._listing)
        on(self._clear.click, self.clear, [], [*parts, *self._listing])
        on(self._lines.turn, self.turn, [self._shown], [self._shown, self._lines])
        for part in (self._lines, self._source):
            on(part.open, self.open_source, [], [self._source])
        self._correction.connect(self._lines.correct, self.refresh, [self._shown], self._listing)

    def when_opened(self, tab: gr.Tab) -> None:
        """What depends on the collection is asked for when somebody looks at the tab."""
        on(tab.select, self.opened, [self._shown], [*self._filter.parts, *self._listing])

    def opened(self, shown: Shown, request: gr.Request) -> Updates:
        """What there is to choose from, and the list as it was left."""
        updates = self.refresh(shown, request)
        try:
            return {**self._filter.filled(self._assistant.whole_register(who(request))), **updates}
        except KhuyenNghiError:  # the list has said so
            return updates

    def search(self, request: gr.Request, *chosen: Any) -> Updates:
        """The first page of what a filter finds; the one before stays where it cannot be understood."""
        typed = typed_of(*chosen)
        try:
            self._assistant.register(who(request), typed)  # so that it stands in the audit log, once
        except KhuyenNghiError as exc:
            return {self._heading: message_html(str(exc), error=True)}
        return self.refresh(Shown(typed), request)

    def clear(self, request: gr.Request) -> Updates:
        """As at the beginning."""
        return {**self._filter.emptied(), **self.refresh(Shown(BEGIN), request)}

    def refresh(self, shown: Shown, request: gr.Request) -> Updates:
        """The page that stands there, as the register is now."""
        try:
            identity = who(request)
            found = listed(self._assistant, identity, shown.typed)
        except KhuyenNghiError as exc:
            return {self._heading: message_html(str(exc), error=True)}
        heading = heading_html(found.listing.opening, found.listing.summary)
        return {
            self._heading: heading,
            self._charts: charts_html(found.counts),
            **self._page(shown, identity),
        }

    def turn(self, shown: Shown, request: gr.Request, event: gr.EventData) -> Updates:
        """Another page of the same."""
        try:
            return self._page(Shown(shown.typed, number_of(event, "page")), who(request))
        except KhuyenNghiError as exc:
            return {self._lines: message_html(str(exc), error=True)}

    def open_source(self, request: gr.Request, event: gr.EventData) -> str:
        """The document that a line was taken from."""
        return opened_html(self._assistant, request, event)

    def _page(self, shown: Shown, identity: Identity) -> Updates:
        page = page_of(listed(self._assistant, identity, shown.typed).listing, shown.page)
        can_correct = "keeper" in identity.roles
        return {self._shown: Shown(shown.typed, page.number), self._lines: page_html(page, can_correct=can_correct)}
