// The video kit: camera, teleprompter, looking again, and keeping. All stays on the device until
// Keep is pressed. Without this file one chooses a video, by the same form.
"use strict";
(() => {
  const form = document.querySelector("form[data-film]");
  if (!form) return;
  const part = (name) => form.querySelector(`[data-${name}]`);
  const field = (name) => form.elements[name];
  const live = part("live"), look = part("look"), kit = part("kit");
  const record = part("record"), stop = part("stop"), camera = part("camera"), denied = part("denied");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const KINDS = ["video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/mp4", "video/webm;codecs=vp8,opus", "video/webm"];
  const COUNTED = 3; // seconds before it begins
  const most = Number(form.dataset.most), longest = Number(form.dataset.mostSeconds);
  let stream, recorder, film, kept = false, clock, scrolling;

  const say = (words) => { part("said").textContent = words; };
  const time = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const fail = (...words) => {
    const box = part("failed");
    box.replaceChildren(...words.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
    box.hidden = false;
    box.scrollIntoView({ block: "center" });
  };

  // What to show, one at a time.
  const prompts = [...form.querySelectorAll("[data-prompt-list] li")].map((li) => li.textContent);
  let at = 0;
  const prompt = (step) => {
    at = Math.min(Math.max(at + step, 0), prompts.length - 1);
    part("prompt").textContent = prompts[at] ?? "";
    part("prompt-number").textContent = `${at + 1} / ${prompts.length}`;
  };
  if (prompts.length) prompt(0); else part("prompts").hidden = true;
  for (const button of form.querySelectorAll("[data-step]")) button.addEventListener("click", () => prompt(Number(button.dataset.step)));

  // The teleprompter.
  const prompter = part("prompter"), script = part("script");
  const dress = () => {
    prompter.textContent = script.value;
    prompter.hidden = !script.value.trim();
    prompter.style.fontSize = `${part("size").value}px`;
    prompter.classList.toggle("mirrored", part("mirror").checked);
    part("still").hidden = !still.matches;
  };
  const roll = (before) => (now) => {
    if (recorder?.state !== "recording") return;
    place += (Number(part("speed").value) * 8 * (now - before)) / 1000;
    prompter.scrollTop = place; // kept apart: scrollTop itself may hold whole pixels only
    scrolling = requestAnimationFrame(roll(now));
  };
  let place = 0;
  const further = () => { prompter.scrollTop += prompter.clientHeight * 0.8; place = prompter.scrollTop; };
  for (const name of ["script", "size", "mirror"]) part(name).addEventListener("input", dress);
  part("further").addEventListener("click", further);
  still.addEventListener("change", dress);
  dress();

  // The camera.
  const dark = () => { for (const track of stream?.getTracks() ?? []) track.stop(); stream = undefined; };
  const wanted = () => {
    const upright = form.querySelector("[data-way]:checked")?.value !== "lying";
    const [width, height] = upright ? [720, 1280] : [1280, 720];
    const which = part("which").value;
    const whose = which === "environment" || !which ? { facingMode: which || "user" } : { deviceId: { exact: which } };
    return { audio: true, video: { ...whose, width: { ideal: width }, height: { ideal: height }, aspectRatio: { ideal: width / height } } };
  };
  const name = async () => {
    const found = (await navigator.mediaDevices.enumerateDevices()).filter((one) => one.kind === "videoinput" && one.deviceId && one.label);
    const list = part("which"), chosen = list.value;
    for (const old of list.querySelectorAll("[data-device]")) old.remove();
    for (const one of found) {
      const option = new Option(one.label, one.deviceId);
      option.dataset.device = "";
      list.add(option);
    }
    list.value = chosen;
  };
  const open = async () => {
    dark();
    denied.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia(wanted());
    } catch {
      denied.hidden = false;
      live.hidden = record.hidden = true;
      camera.hidden = false;
      return;
    }
    live.srcObject = stream;
    live.hidden = record.hidden = false;
    camera.hidden = true;
    await live.play().catch(() => {});
    await name();
  };
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
    denied.hidden = false;
    camera.hidden = part("settings").hidden = true;
  }
  camera.addEventListener("click", open);
  for (const control of [part("which"), ...form.querySelectorAll("[data-way]")])
    control.addEventListener("change", () => { if (stream && recorder?.state !== "recording") open(); });

  const countdown = async () => {
    const count = part("count");
    count.hidden = false;
    for (let left = COUNTED; left; left -= 1) {
      count.textContent = left;
      say(String(left));
      await new Promise((done) => { setTimeout(done, 1000); });
    }
    count.hidden = true;
  };
  const tick = (began) => () => {
    const seconds = (performance.now() - began) / 1000;
    part("seconds").textContent = time(seconds);
    part("clock").querySelector("progress").value = Math.min(60, seconds);
    part("minute").hidden = seconds < 60;
    if (seconds >= longest - 1 && recorder.state === "recording") recorder.stop();
  };
  record.addEventListener("click", async () => {
    record.hidden = true;
    await countdown();
    if (!stream) { record.hidden = false; return; }
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const parts = [];
    recorder = new MediaRecorder(stream, { ...(mimeType && { mimeType }), videoBitsPerSecond: 4_000_000 });
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      cancelAnimationFrame(scrolling);
      stop.hidden = true;
      record.hidden = false;
      record.textContent = record.dataset.again;
      const type = (recorder.mimeType || "video/webm").split(";")[0];
      take(new File(parts, type === "video/mp4" ? "film.mp4" : "film.webm", { type }));
    });
    recorder.start(1000);
    say("");
    place = prompter.scrollTop = 0;
    at = 0;
    prompt(0);
    part("clock").hidden = stop.hidden = false;
    stop.focus();
    clock = setInterval(tick(performance.now()), 250);
    if (!still.matches) scrolling = requestAnimationFrame(roll(performance.now()));
  });
  stop.addEventListener("click", () => recorder.stop());

  // Looking again, and what stays.
  const again = part("again"); // asked only of a film that takes another's place
  if (again) again.hidden = !again.querySelector(".errorlist");
  const take = (file) => {
    if (file.size > most) { field("video_file").value = ""; return fail(part("keep").dataset.large); }
    film = file;
    kept = false;
    part("failed").hidden = true;
    if (again) again.hidden = false;
    if (look.src.startsWith("blob:")) URL.revokeObjectURL(look.src);
    look.removeAttribute("poster");
    look.src = URL.createObjectURL(file);
    part("review").hidden = part("cutting").hidden = part("cut-fields").hidden = false;
    for (const name of ["starts", "ends", "poster_at"]) field(name).value = "";
    part("review").scrollIntoView({ block: "nearest" });
  };
  // What was recorded does not say how long it is until it has been looked for the end.
  look.addEventListener("loadedmetadata", () => {
    if (Number.isFinite(look.duration)) return;
    look.addEventListener("timeupdate", () => { look.currentTime = 0; }, { once: true });
    look.currentTime = 1e7;
  });
  field("video_file").addEventListener("change", (event) => { if (event.target.files[0]) take(event.target.files[0]); });
  part("cut-fields").hidden = true; // until there is something to cut
  for (const button of form.querySelectorAll("[data-now]"))
    button.addEventListener("click", () => {
      field(button.dataset.now).value = look.currentTime.toFixed(1);
      say(`${button.textContent}: ${look.currentTime.toFixed(1)}`);
    });
  part("play").addEventListener("click", () => {
    const ends = Number(field("ends").value) || Infinity;
    const halt = () => { if (look.currentTime >= ends) { look.pause(); look.removeEventListener("timeupdate", halt); } };
    look.currentTime = Number(field("starts").value) || 0;
    look.addEventListener("timeupdate", halt);
    look.play();
  });

  // Keeping: what is refused or lost on the way is still on the page.
  const answered = (asked) => {
    part("sending").hidden = true;
    part("keep").disabled = false;
    const told = part("keep").dataset, here = location.pathname;
    const path = asked.responseURL ? new URL(asked.responseURL).pathname : here;
    if (asked.status < 400 && path === here.replace(/\/film$/, "")) {
      kept = true;
      location.assign(path);
      return;
    }
    if (asked.status === 413) return fail(told.large);
    if (asked.status === 403 || path !== here) return fail(told.out); // the film is still here
    const page = new DOMParser().parseFromString(asked.responseText, "text/html");
    const found = [...page.querySelectorAll("main .errorlist li")].map((li) => {
      const label = li.closest(".field")?.querySelector("label, legend")?.firstChild?.textContent.trim();
      return label ? `${label}: ${li.textContent}` : li.textContent;
    });
    fail(...(found.length ? found : [told.lost]));
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = new FormData(form), asked = new XMLHttpRequest();
    // Who signed in anew in another tab has another token.
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
    if (token) body.set("csrfmiddlewaretoken", token);
    if (film) body.set("video_file", film, film.name);
    if (film && film.size > most) return fail(part("keep").dataset.large);
    asked.open("POST", location.href);
    asked.upload.addEventListener("progress", (on) => { part("sending").querySelector("progress").value = on.loaded / on.total; });
    asked.addEventListener("load", () => answered(asked));
    asked.addEventListener("error", () => { part("sending").hidden = true; part("keep").disabled = false; fail(part("keep").dataset.lost); });
    part("sending").hidden = false;
    part("keep").disabled = true;
    asked.send(body);
  });
  addEventListener("beforeunload", (event) => { if (film && !kept) event.preventDefault(); });
  addEventListener("pagehide", dark);
})();
