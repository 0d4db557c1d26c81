// What pages do besides reading and posting. All work without this file.
// Patterns: [data-copy="#id" or text] copies, with [data-copy-html="#id"] as it looks, too; [data-share-text][data-share-url][data-share-picture]
// opens the device's share sheet; [data-copied] is the button's word afterwards;
// form[data-at-once] posts itself when a select or box in it changes. The event "answered" keeps
// what its detail says on the device until it is sent, once; then comes the event "sent".
"use strict";
(() => {
  document.documentElement.classList.add("js");
  const worker = document.body.dataset.worker;
  if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker, { scope: "/" }).catch(() => {});

  // What waits on a device is its reader's own. Another reader, or signing out, takes it away.
  const { reader, answers } = document.body.dataset;
  const store = (() => { try { return localStorage; } catch { return null; } })();
  const READER = "pesue-reader", WAITING = "pesue-waiting";
  const waiting = () => { try { return JSON.parse(store.getItem(WAITING)) || []; } catch { return []; } };
  const forget = async () => {
    store?.removeItem(READER);
    store?.removeItem(WAITING);
    for (const name of (await globalThis.caches?.keys()) ?? []) if (name.startsWith("pesue-course")) await caches.delete(name);
  };
  const send = async () => {
    const mine = store?.getItem(READER), rows = waiting();
    if (!mine || !rows.length || !answers || !navigator.onLine) return;
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
    const answer = await fetch(answers, {
      method: "POST", redirect: "manual", body: JSON.stringify({ reader: mine, answers: rows }),
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    }).catch(() => null);
    if (answer?.status === 409) return forget(); // somebody else has signed in meanwhile
    if (!answer?.ok) return; // signed out, or no network after all: it waits on
    const sent = new Set(rows.map((row) => row.once));
    store.setItem(WAITING, JSON.stringify(waiting().filter((row) => !sent.has(row.once))));
    document.dispatchEvent(new CustomEvent("sent"));
  };
  const settle = async () => {
    const known = store?.getItem(READER); // one whose session has just ended is known still
    if (reader ? known !== reader : !known) await forget();
    if (reader) store?.setItem(READER, reader);
    document.dispatchEvent(new CustomEvent("settled"));
    await send();
  };
  document.addEventListener("answered", (event) => {
    if (!store?.getItem(READER)) return; // nobody is known to be reading here
    store.setItem(WAITING, JSON.stringify([...waiting(), event.detail]));
    send();
  });
  document.addEventListener("submit", (event) => { if (event.target.matches("[action$='/logout/']")) forget(); });
  addEventListener("online", send);
  document.addEventListener("DOMContentLoaded", settle);

  const said = (button) => {
    const word = button.dataset.copied;
    if (!word) return;
    const before = button.textContent;
    button.textContent = word;
    setTimeout(() => { button.textContent = before; }, 2500);
  };
  const wordsOf = (what) => {
    const from = what.startsWith("#") && document.querySelector(what);
    return from ? from.value ?? from.textContent : what;
  };
  // Clipboard first and in the same gesture: a window opened later takes the focus away.
  const copy = (button) => {
    const text = wordsOf(button.dataset.copy), { copyHtml } = button.dataset;
    const rich = copyHtml && document.querySelector(copyHtml);
    const as = (type, words) => ({ [type]: new Blob([words], { type }) });
    const kept = rich && window.ClipboardItem
      ? navigator.clipboard?.write([new ClipboardItem({ ...as("text/plain", text), ...as("text/html", rich.innerHTML) })])
      : navigator.clipboard?.writeText(text);
    kept?.then(() => said(button), () => {});
  };

  // The picture is fetched before anyone presses: share() must be called within the press.
  const pictures = new Map();
  const prefetch = async (address) => {
    if (!address || pictures.has(address)) return;
    pictures.set(address, null);
    try {
      const blob = await (await fetch(address)).blob();
      pictures.set(address, new File([blob], address.split("/").pop(), { type: blob.type }));
    } catch { pictures.delete(address); }
  };
  const share = (button) => {
    const { shareText = "", shareUrl, sharePicture } = button.dataset;
    const bare = { text: wordsOf(shareText), ...(shareUrl && { url: shareUrl }) };
    const file = pictures.get(sharePicture);
    const full = file ? { ...bare, files: [file] } : bare;
    navigator.share(navigator.canShare?.(full) ? full : bare)
      .then(() => button.dispatchEvent(new CustomEvent("shared", { bubbles: true })), () => {});
  };
  const prepare = (root) => {
    for (const button of root.querySelectorAll("[data-share-text], [data-share-url]")) {
      if (!navigator.share) button.hidden = true;
      else prefetch(button.dataset.sharePicture);
    }
  };
  prepare(document);
  document.addEventListener("htmx:after:swap", () => prepare(document));

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-share-text], [data-share-url]");
    if (button) {
      if ("copy" in button.dataset) copy(button);
      if (!("copy" in button.dataset) && navigator.share) share(button);
    }
    for (const open of document.querySelectorAll("details.menu[open]"))
      if (!open.contains(event.target)) open.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const open of document.querySelectorAll("details.menu[open]")) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  // What stands behind the # is sent to no server: the page takes it from there.
  const code = document.querySelector("[data-from-fragment]");
  if (code && location.hash.length > 1) {
    code.value = location.hash.slice(1);
    history.replaceState(null, "", location.pathname);
    code.form.requestSubmit();
  }
  document.addEventListener("change", (event) => {
    event.target.closest("form[data-at-once]")?.requestSubmit();
  });
})();
