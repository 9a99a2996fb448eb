// Signing with a finger, a pen or a mouse, wherever a page has a form[data-sign]. Without this file, and for whoever
// uses a keyboard, a picture of the signature is handed in instead: both are the field "signature".
(() => {
  "use strict";
  if (!window.SignaturePad) return;

  function prepare(form) {
    const canvas = form.querySelector("canvas");
    const wrong = form.querySelector("[data-sign-wrong]");
    const pad = new window.SignaturePad(canvas, { penColor: "rgb(16, 24, 64)", minWidth: 1, maxWidth: 3 });

    // A canvas has as many points as the screen; what was drawn stays when the tablet is turned.
    function draw(strokes) {
      const ratio = Math.min(Math.max(window.devicePixelRatio || 1, 1), 2);
      canvas.width = Math.round(canvas.clientWidth * ratio);
      canvas.height = Math.round(canvas.clientHeight * ratio);
      canvas.getContext("2d").scale(ratio, ratio);
      pad.clear();
      pad.fromData(strokes);
    }
    function start() {
      wrong.hidden = true;
      draw([]);
    }
    // A dialog has no size before it is opened.
    new ResizeObserver(() => { if (canvas.clientWidth > 0) draw(pad.toData()); }).observe(canvas);

    form.querySelector("[data-sign-clear]").addEventListener("click", start);
    form.querySelector("[data-sign-undo]").addEventListener("click", () => draw(pad.toData().slice(0, -1)));
    pad.addEventListener("beginStroke", () => { wrong.hidden = true; });
    form.addEventListener("submit", (event) => {
      if (pad.isEmpty()) {
        event.preventDefault();
        event.stopImmediatePropagation();
        wrong.hidden = false;
        return;
      }
      form.elements.signature.value = pad.toDataURL("image/png");
    });
    form.addEventListener("rembuk:start", start);
    form.hidden = false;
  }

  for (const form of document.querySelectorAll("form[data-sign]")) prepare(form);
  for (const file of document.querySelectorAll("[data-sign-file]:not([data-sign-refused])")) file.removeAttribute("open");
})();
