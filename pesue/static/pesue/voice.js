// Recording in the page, where the browser can. Without it one chooses a recording made
// elsewhere, by the same form.
"use strict";
(() => {
  const form = document.querySelector("form[data-voice]");
  const button = form?.querySelector("[data-record]");
  if (!button) return;
  if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
    button.hidden = true;
    return;
  }
  const KINDS = ["audio/webm", "audio/mp4", "audio/ogg"];
  const begin = button.textContent;
  let recorder;

  const keep = (parts) => {
    const type = recorder.mimeType || "audio/webm";
    const files = new DataTransfer();
    files.items.add(new File(parts, "note", { type }));
    form.elements.sound.files = files.files;
    form.requestSubmit();
  };
  button.addEventListener("click", async () => {
    if (recorder?.state === "recording") {
      recorder.stop();
      button.disabled = true;
      return;
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      form.querySelector("[data-denied]").hidden = false;
      return;
    }
    const mimeType = KINDS.find((kind) => MediaRecorder.isTypeSupported(kind));
    const parts = [];
    recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 48000 } : {});
    recorder.addEventListener("dataavailable", (event) => parts.push(event.data));
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      keep(parts);
    });
    recorder.start();
    button.textContent = button.dataset.stop;
  });
  addEventListener("pageshow", () => { button.textContent = begin; button.disabled = false; });
})();
