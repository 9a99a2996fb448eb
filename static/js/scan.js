// The camera of the door reads the QR code of an invitation and sends the code as if it had been typed. The browser's
// own reader is used where there is one; else a reader of ours is fetched, once, when the camera is first opened.
(() => {
  "use strict";
  const door = document.getElementById("pintu");
  const button = door?.querySelector("[data-scan]");
  const box = door?.querySelector("[data-scanner]");
  const form = door?.querySelector("[data-by-code]");
  if (!button || !box || !form || !navigator.mediaDevices?.getUserMedia) return;
  const video = box.querySelector("video");
  const EVERY = 250;
  const SAME_AGAIN = 4000;
  let stream = null;
  let read = null;
  let last = { code: "", at: 0 };

  button.hidden = false;
  button.addEventListener("click", () => (stream ? close() : open()));
  document.addEventListener("visibilitychange", () => { if (document.hidden && stream) close(); });

  async function open() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      read ??= await reader();
    } catch {
      close();
      tell(door.dataset.textCamera);
      return;
    }
    video.srcObject = stream;
    box.hidden = false;
    labels(true);
    await video.play();
    look();
  }

  function close() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    box.hidden = true;
    labels(false);
  }

  function labels(isOpen) {
    button.setAttribute("aria-expanded", String(isOpen));
    button.querySelector("[data-scan-open]").hidden = isOpen;
    button.querySelector("[data-scan-close]").hidden = !isOpen;
  }

  async function look() {
    if (!stream) return;
    try {
      // While the door asks who came, nobody else is let in.
      const busy = document.querySelector("dialog[open]");
      const words = video.videoWidth && !busy ? await read(video) : "";
      if (words) found(words);
    } catch { /* a picture that cannot be read; the next one comes */ }
    setTimeout(look, EVERY);
  }

  // Our codes are the end of an address, or stand alone on a name tag.
  function codeOf(words) {
    const own = /[?&]kode=([A-Za-z0-9]{6})\b/.exec(words) ?? /^\s*([A-Za-z0-9]{6})\s*$/.exec(words);
    return own ? own[1].toUpperCase() : "";
  }

  function found(words) {
    const code = codeOf(words);
    const key = code || words;
    if (key === last.code && Date.now() - last.at < SAME_AGAIN) {
      last.at = Date.now();
      return;
    }
    last = { code: key, at: Date.now() };
    if (!code) {
      tell(door.dataset.textNotOurs);
      return;
    }
    navigator.vibrate?.(80);
    form.querySelector("[name=code]").value = code;
    form.requestSubmit();
  }

  function tell(words) {
    const news = document.getElementById("kabar");
    news.hidden = false;
    news.className = "notice door-said error";
    news.querySelector("p").textContent = words;
  }

  async function reader() {
    if ("BarcodeDetector" in window) {
      const kinds = await window.BarcodeDetector.getSupportedFormats().catch(() => []);
      if (kinds.includes("qr_code")) {
        const detector = new window.BarcodeDetector({ formats: ["qr_code"] });
        return async (frame) => (await detector.detect(frame))[0]?.rawValue ?? "";
      }
    }
    await script(door.dataset.decoder);
    const canvas = document.createElement("canvas");
    const paper = canvas.getContext("2d", { willReadFrequently: true });
    return async (frame) => {
      const scale = Math.min(1, 640 / frame.videoWidth);
      canvas.width = Math.round(frame.videoWidth * scale);
      canvas.height = Math.round(frame.videoHeight * scale);
      paper.drawImage(frame, 0, 0, canvas.width, canvas.height);
      const picture = paper.getImageData(0, 0, canvas.width, canvas.height);
      return window.jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data ?? "";
    };
  }

  function script(address) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = address;
      element.addEventListener("load", resolve);
      element.addEventListener("error", reject);
      document.head.append(element);
    });
  }
})();
