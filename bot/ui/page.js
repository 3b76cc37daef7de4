/* What the page does in the browser: opens and closes the source, copies, saves files. No text of a document is read
   as code here: what comes from documents is in the page already, escaped by the server. */
() => {
  let opener = null;
  const beside = () => document.getElementById('beside');
  const source = () => document.getElementById('source');

  /* Whether there was something to close; what stands in another tab stays. */
  const close = () => {
    if (!beside()?.classList.contains('reading') || !beside().getClientRects().length) return false;
    beside().classList.remove('reading');
    if (opener?.isConnected) opener.focus();
    return true;
  };

  /* Esc in a list that is open is meant for the list; with nothing to close, for the panel on the portal's page. */
  const escaped = () => {
    if (document.querySelector('[role="listbox"]')) return;
    if (!close() && window.parent !== window) window.parent.postMessage('khuyen-nghi:close', '*');
  };

  let said = '';
  const say = (text) => {
    if (text === said) return;
    said = text;
    const live = document.getElementById('said-aloud');
    live.textContent = '';
    window.setTimeout(() => { live.textContent = text; }, 50);
  };

  const copied = (button) => {
    const before = button.textContent;
    button.textContent = '✓ Đã sao chép';
    said = '';
    say('Đã sao chép câu trả lời kèm trích dẫn.');
    window.setTimeout(() => { button.textContent = before; }, 2500);
  };

  /* Where a page is not served over https the clipboard is not to be had; a selection can still be copied. */
  const copyBySelection = (text) => {
    const area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'unseen';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    return done;
  };

  const copy = async (button) => {
    const text = button.parentElement.querySelector('textarea.copied').value;
    try {
      await navigator.clipboard.writeText(text);
      copied(button);
    } catch {
      if (copyBySelection(text)) copied(button);
      else say('Trình duyệt không cho sao chép; xin chọn chữ rồi bấm Ctrl+C.');
      button.focus();
    }
  };

  const showSource = (element) => {
    if (!element.querySelector('.source')) {
      beside()?.classList.toggle('reading', Boolean(element.querySelector('.message.error')));
      return;
    }
    beside().classList.add('reading');
    element.querySelector('h2')?.focus({ preventScroll: true });
    const text = element.querySelector('.source-text');
    const mark = text?.querySelector('mark');
    if (mark) text.scrollTop += mark.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
    if (window.matchMedia('(min-width: 761px)').matches) element.scrollIntoView({ block: 'nearest' });
  };

  const showForm = (element) => {
    say(element.textContent.trim());
    window.setTimeout(() => document.querySelector('#feedback input, #feedback textarea')?.focus(), 150);
  };

  window.khuyenNghi = {
    acted(button) {
      if (button.dataset.act === 'open' && !button.closest('#source')) opener = button;
    },
    shown(element) {
      const growing = element.querySelector('[data-growing]');
      const place = element.closest('#answer');
      if (place) place.setAttribute('aria-busy', growing ? 'true' : 'false');
      if (place) say(growing ? growing.querySelector('.state').textContent : '');
      if (element.closest('#thanks')) showForm(element);
      if (element.closest('#source')) window.requestAnimationFrame(() => showSource(element));
    },
    save(file) {
      if (!file?.length) return;
      const [name, type, content] = file;
      const bytes = Uint8Array.from(window.atob(content), (char) => char.charCodeAt(0));
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob([bytes], { type }));
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      window.setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  };

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-close]')) close();
    const button = event.target.closest('button[data-copy]');
    if (button) copy(button);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') escaped();
  }, true);

  const live = document.createElement('div');
  live.id = 'said-aloud';
  live.className = 'unseen';
  live.setAttribute('role', 'status');
  document.body.append(live);
  document.documentElement.lang = 'vi';
  const named = [['answer', 'Câu trả lời'], ['beside', 'Đoạn tìm thấy và tài liệu nguồn']];
  const settle = () => {
    for (const [id, name] of named) {
      const part = document.getElementById(id);
      if (!part || part.hasAttribute('role')) continue;
      part.setAttribute('role', 'region');
      part.setAttribute('aria-label', name);
      if (id === 'answer') part.setAttribute('aria-live', 'polite');
    }
    return document.getElementById('answer') && document.getElementById('beside');
  };
  if (!settle()) {
    const waiting = new MutationObserver(() => { if (settle()) waiting.disconnect(); });
    waiting.observe(document.body, { childList: true, subtree: true });
  }
}
