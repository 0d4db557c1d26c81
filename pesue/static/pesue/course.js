// The course: says what a choice means without asking the server, keeps what was answered,
// and keeps the lessons on the device. Everything works without this file, by the same forms.
"use strict";
(() => {
  const once = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const answered = (form, rest) => {
    const { course, lesson, question = "" } = form.dataset;
    const detail = { course, lesson, question, once: once(), at: new Date().toISOString(), ...rest };
    document.dispatchEvent(new CustomEvent("answered", { detail }));
  };
  const say = (form, choice) => {
    form.querySelectorAll("[data-said]").forEach((words, at) => {
      words.hidden = at !== choice;
      words.toggleAttribute("role", false);
      if (at === choice) words.setAttribute("role", "status");
    });
  };
  const finish = (form) => {
    const done = form.parentElement.querySelector("[data-done]");
    const waits = done.querySelector("[data-waits]");
    const late = setTimeout(() => { waits.textContent = waits.dataset.waits; }, navigator.onLine ? 3000 : 0);
    document.addEventListener("sent", () => { clearTimeout(late); waits.textContent = ""; });
    form.hidden = true;
    done.hidden = false;
    done.querySelector("a")?.focus();
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-question]")) {
      const choice = Number(new FormData(form).get("choice"));
      event.preventDefault();
      say(form, choice);
      answered(form, { choice });
    } else if (form.matches("[data-finish]")) {
      event.preventDefault();
      answered(form, {});
      finish(form);
    }
  });

  // The lessons of the contents, without anything of their reader's.
  const keep = async () => {
    const told = document.querySelector("[data-kept]");
    if (!told || !globalThis.caches || !navigator.onLine) return;
    const pages = ["/course", ...[...document.querySelectorAll("a[data-keep]")].map((link) => link.pathname)];
    const name = `pesue-course-${document.body.dataset.reader}-${told.dataset.version}`;
    for (const old of await caches.keys()) if (old.startsWith("pesue-course") && old !== name) await caches.delete(old);
    const kept = await caches.open(name);
    let size = 0;
    for (const page of pages) {
      const found = (await kept.match(page)) ?? await fetch(`${page}?bare`, { redirect: "error" });
      if (!found.ok) return;
      size += (await found.clone().blob()).size;
      await kept.put(page, found);
    }
    told.textContent = told.dataset.kept.replace("{size}", `${Math.ceil(size / 1000)} kB`);
    told.hidden = false;
  };
  document.addEventListener("settled", () => keep().catch(() => {}));
})();
