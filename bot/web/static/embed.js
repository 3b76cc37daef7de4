// Puts the assistant on a portal's page:
//   <script src="https://tro-ly.tinh.vn/embed.js" data-kieu="nut" data-mau="#0a4d8c" defer></script>
// data-kieu: "nut", a button that floats and opens a panel; "khung", a panel where the script stands.
// data-mau: the portal's colour. Nothing is left on `window`, nothing is loaded but the compact page beside this script.
(() => {
  "use strict";
  const script = document.currentScript;
  const page = new URL("embed/", script.src);
  const TITLE = "Hỏi đáp khuyến nghị của Bộ TT&TT";
  const CLOSE = "khuyen-nghi:close"; // what the compact page says when Esc is pressed in it
  const STYLE = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    iframe { display: block; width: 100%; height: 100%; border: 0; background: Canvas; }
    button { font: 600 16px/1.2 "Segoe UI", system-ui, sans-serif; background: var(--colour); color: var(--ink);
      border: 0; cursor: pointer; }
    button:focus-visible { outline: 3px solid #f5a623; outline-offset: 2px; }
    .inline { width: 100%; height: min(720px, 90vh); border: 2px solid var(--colour); border-radius: 8px;
      overflow: hidden; }
    .open { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; padding: 14px 20px; border-radius: 28px;
      box-shadow: 0 2px 10px rgb(0 0 0 / 35%); }
    .panel { position: fixed; right: 16px; bottom: 80px; z-index: 2147483000; display: flex; flex-direction: column;
      width: min(480px, calc(100vw - 32px)); height: min(720px, calc(100vh - 100px)); overflow: hidden;
      border: 2px solid var(--colour); border-radius: 10px; box-shadow: 0 4px 24px rgb(0 0 0 / 35%); }
    .panel[hidden] { display: none; }
    .bar { display: flex; align-items: center; justify-content: space-between; background: var(--colour);
      color: var(--ink); font: 600 15px/1.2 "Segoe UI", system-ui, sans-serif; padding-left: 14px; }
    .bar button { padding: 12px 16px; }
    iframe:focus-visible { outline: 3px solid #f5a623; outline-offset: -3px; }`;

  const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

  const inkOn = (colour) => {
    const context = make("canvas", {}).getContext("2d");
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const linear = [...context.getImageData(0, 0, 1, 1).data].slice(0, 3).map((part) => (part / 255) ** 2.2);
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.18 ? "#000" : "#fff";
  };

  const frame = () => make("iframe", { src: page.href, title: TITLE, allow: "clipboard-write" });

  const shadow = () => {
    const host = make("div", {});
    const asked = script.dataset.mau || "";
    const colour = CSS.supports("color", asked) ? asked : "#0a4d8c";
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    const root = host.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    host.style.setProperty("--colour", colour);
    host.style.setProperty("--ink", inkOn(colour));
    return { host, root };
  };

  const putInline = () => {
    const { host, root } = shadow();
    const panel = make("div", { className: "inline" });
    panel.append(frame());
    root.append(panel);
    script.after(host);
  };

  const putButton = () => {
    const { host, root } = shadow();
    const open = make("button", { type: "button", className: "open", textContent: "Hỏi trợ lý" });
    const panel = make("div", { id: "panel", className: "panel", hidden: true });
    const bar = make("div", { className: "bar" });
    const title = make("span", { textContent: TITLE });
    const close = make("button", { type: "button", textContent: "Đóng" });
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", TITLE);
    open.setAttribute("aria-controls", "panel");
    bar.append(title, close);
    panel.append(bar);
    root.append(panel, open);
    let inner = null;

    const show = (shown) => {
      panel.hidden = !shown;
      open.setAttribute("aria-expanded", String(shown));
      if (shown && inner === null) {
        inner = frame();
        panel.append(inner);
      }
      (shown ? inner : open).focus();
    };

    open.setAttribute("aria-expanded", "false");
    open.addEventListener("click", () => show(panel.hidden));
    close.addEventListener("click", () => show(false));
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !panel.hidden) show(false);
    });
    window.addEventListener("message", (event) => {
      const isOurs = event.origin === page.origin && inner !== null && event.source === inner.contentWindow;
      if (isOurs && event.data === CLOSE && !panel.hidden) show(false);
    });
    document.body.append(host);
  };

  (script.dataset.kieu === "khung" ? putInline : putButton)();
})();
