// The composer: saves and looks while one writes, puts a question above the box, puts
// a borrowed sentence into it. Everything works without this file, by the same form.
"use strict";
(() => {
  const form = document.querySelector("form[data-look]");
  if (!form) return;
  const box = form.elements.words;
  const PAUSE = 250; // milliseconds after the last key
  let timer, asked, leaving = false;

  // The answer holds parts by name; each takes the place of the page's own.
  const show = (answer) => {
    const found = new DOMParser().parseFromString(answer, "text/html");
    for (const part of found.querySelectorAll("[data-part]")) {
      const old = form.querySelector(`[data-part="${part.dataset.part}"]`);
      // What one is just typing into is not taken away under the fingers.
      if (!old || (old.contains(document.activeElement) && document.activeElement.matches("input, select"))) continue;
      const open = [...old.querySelectorAll("details[open]")].map((d) => d.className);
      const at = old.querySelector("[name=at]")?.value;
      const focused = old.contains(document.activeElement) && document.activeElement.value;
      old.replaceWith(document.adoptNode(part));
      for (const name of open) part.querySelector(`details.${name || "none"}`)?.setAttribute("open", "");
      const time = part.querySelector("[name=at]");
      if (time && at) time.value = at;
      if (focused) [...part.querySelectorAll("button")].find((b) => b.value === focused)?.focus();
    }
  };
  const look = async (pressed) => {
    if (leaving) return;
    asked?.abort();
    const mine = (asked = new AbortController());
    const body = new FormData(form);
    if (pressed) body.append("do", pressed);
    try {
      const answer = await fetch(form.dataset.look, { method: "POST", body, signal: mine.signal });
      const text = await answer.text();
      if (answer.ok || answer.status === 401 || answer.status === 409) show(text);
    } catch { /* no network: the next key asks again, and Save sends it all */ }
  };
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => look(), PAUSE); };

  form.addEventListener("input", (event) => { if (event.target.name !== "at") soon(); });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); asked?.abort(); });
  // A page that comes back from the browser's memory is one that may be written on again.
  addEventListener("pageshow", () => { leaving = false; });
  // The last words of one who goes away are not lost either.
  addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden" || leaving || !timer) return;
    clearTimeout(timer);
    fetch(form.dataset.look, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  });

  const insert = (text) => {
    const before = box.value.slice(0, box.selectionStart), after = box.value.slice(box.selectionEnd);
    const gap = before && !before.endsWith("\n") && !before.endsWith(" ") ? " " : "";
    box.setRangeText(gap + text, before.length, box.value.length - after.length, "end");
    box.focus();
    soon();
  };
  const prompt = form.querySelector("[data-prompt]");
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-question], [data-insert], [data-leave]");
    if (!button) return;
    if ("leave" in button.dataset) {
      event.preventDefault();
      clearTimeout(timer);
      look(button.value);
      box.focus();
      return;
    }
    if ("insert" in button.dataset) {
      event.preventDefault();
      insert(button.dataset.insert);
      return;
    }
    const chosen = button.getAttribute("aria-pressed") === "true";
    for (const other of form.querySelectorAll("[data-question]")) other.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-pressed", String(!chosen));
    prompt.hidden = chosen;
    prompt.textContent = chosen ? "" : button.textContent;
    if (!chosen) box.focus();
  });
})();
