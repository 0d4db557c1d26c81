// Captions line by line, in place of the box of plain WebVTT, which they fill. They are also
// seen in the video above. Without this file one writes into the box.
"use strict";
(() => {
  const editor = document.querySelector("[data-captions]");
  const box = editor?.querySelector("textarea[name=captions]");
  if (!box) return;
  const list = editor.querySelector("[data-cues]"), blank = editor.querySelector("[data-cue]");
  const add = editor.querySelector("[data-add]"), look = document.querySelector("[data-look]");
  const track = look?.addTextTrack("captions");
  const LASTS = 3; // seconds of a new line

  const clock = (seconds) => `${Math.floor(seconds / 60)}:${(seconds % 60).toFixed(1).padStart(4, "0")}`;
  const seconds = (words) => {
    const found = words.trim().replace(",", ".").match(/^(?:(\d+):)?(?:(\d+):)?(\d+(?:\.\d+)?)$/);
    if (!found) return NaN;
    const [hours, minutes] = found[2] === undefined ? [0, found[1] ?? 0] : [found[1], found[2]];
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(found[3]);
  };
  const rows = () => [...list.children].map((row) => ({
    from: row.querySelector("[data-from]"), to: row.querySelector("[data-to]"), words: row.querySelector("[data-words]"),
  }));
  const escaped = (words) => words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const vtt = (at) => (Number.isFinite(at) ? new Date(at * 1000).toISOString().slice(11, 23) : "");

  // An unreadable time goes as it stands: the server says which line, and nothing is lost.
  const fill = () => {
    const said = rows().filter((row) => row.words.value.trim());
    box.value = said.map(({ from, to, words }) => {
      const lines = words.value.split("\n").filter((line) => line.trim()).join("\n");
      return `${vtt(seconds(from.value)) || from.value} --> ${vtt(seconds(to.value)) || to.value}\n${escaped(lines)}`;
    }).join("\n\n");
    show(said);
  };
  const show = (said) => {
    if (!track) return;
    track.mode = "showing";
    for (const old of [...(track.cues ?? [])]) track.removeCue(old);
    for (const { from, to, words } of said) {
      const [starts, ends] = [seconds(from.value), seconds(to.value)];
      if (starts < ends) track.addCue(new VTTCue(starts, ends, escaped(words.value)));
    }
  };
  const number = () => [...list.children].forEach((row, n) => { row.querySelector("legend").textContent = `${add.dataset.line} ${n + 1}`; });
  const row = (from, to, words) => {
    const made = blank.content.firstElementChild.cloneNode(true);
    made.querySelector("[data-from]").value = from;
    made.querySelector("[data-to]").value = to;
    made.querySelector("[data-words]").value = words;
    for (const button of made.querySelectorAll("[data-set]")) {
      const label = button.parentElement.querySelector(`[data-${button.dataset.set}]`).closest("label").querySelector("span").textContent;
      button.setAttribute("aria-label", `${button.textContent}. ${label}: ${add.dataset.nowWords}`);
    }
    list.append(made);
    number();
    return made;
  };
  const plain = (words) => {
    const page = new DOMParser().parseFromString(words.replace(/<[^>]*>/g, ""), "text/html");
    return page.documentElement.textContent;
  };
  const read = () => {
    for (const block of box.value.split(/\n\s*\n/)) {
      const lines = block.split("\n").map((line) => line.trim()).filter(Boolean);
      const at = lines.findIndex((line) => line.includes("-->"));
      if (at < 0) continue;
      const [from, to] = lines[at].split("-->").map((words) => words.trim().split(/\s/)[0]);
      const told = (words) => (Number.isFinite(seconds(words)) ? clock(seconds(words)) : words);
      row(told(from), told(to), plain(lines.slice(at + 1).join("\n")));
    }
  };
  list.addEventListener("input", fill);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set], [data-drop]"), mine = button?.closest("li");
    if (!mine) return;
    if ("drop" in button.dataset) {
      const near = mine.nextElementSibling ?? mine.previousElementSibling;
      mine.remove();
      number();
      (near?.querySelector("[data-words]") ?? add).focus();
    } else {
      mine.querySelector(`[data-${button.dataset.set}]`).value = clock(look?.currentTime ?? 0);
    }
    fill();
  });
  add.addEventListener("click", () => {
    const before = rows().at(-1);
    const begins = Math.max(look?.currentTime ?? 0, before ? seconds(before.to.value) || 0 : 0);
    row(clock(begins), clock(begins + LASTS), "").querySelector("[data-words]").focus();
    fill();
  });
  editor.querySelector("[data-plain]").hidden = true;
  list.hidden = false;
  read();
  show(rows());
})();
