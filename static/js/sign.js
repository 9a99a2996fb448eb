// Signing with a finger, a pen or a mouse. Without this file a picture of the signature is handed in instead.
(() => {
  "use strict";
  const part = document.querySelector("[data-sign]");
  if (!part || !window.SignaturePad) return;
  const form = part.querySelector("[data-sign-form]");
  const canvas = part.querySelector("canvas");
  const wrong = part.querySelector("[data-sign-wrong]");
  part.hidden = false;
  document.querySelector("[data-sign-file]")?.removeAttribute("open");
  const pad = new window.SignaturePad(canvas, { penColor: "rgb(16, 24, 64)", minWidth: 1, maxWidth: 3 });

  // A canvas has as many points as the screen; what was drawn stays when the tablet is turned.
  function fit() {
    const ratio = Math.max(window.devicePixelRatio || 1, 1);
    const drawn = pad.toData();
    canvas.width = canvas.offsetWidth * ratio;
    canvas.height = canvas.offsetHeight * ratio;
    canvas.getContext("2d").scale(ratio, ratio);
    pad.clear();
    pad.fromData(drawn);
  }
  fit();
  window.addEventListener("resize", fit);

  part.querySelector("[data-sign-clear]").addEventListener("click", () => {
    pad.clear();
    wrong.hidden = true;
  });

  form.addEventListener("submit", (event) => {
    if (pad.isEmpty()) {
      event.preventDefault();
      wrong.hidden = false;
      wrong.textContent = form.dataset.empty;
      return;
    }
    form.querySelector("[name=drawn]").value = pad.toDataURL("image/png");
  });
})();
