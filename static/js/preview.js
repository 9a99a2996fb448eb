// Shows what is being typed as it will print. Without this file the button "preview" opens the same as a PDF.
// <form data-preview="address" data-preview-in="#figure">: the figure holds one <img>
(() => {
  "use strict";
  const form = document.querySelector("form[data-preview]");
  const figure = form && document.querySelector(form.dataset.previewIn);
  if (!figure) return;
  const image = figure.querySelector("img");
  let waiting, asked = 0;

  async function show() {
    const turn = ++asked;
    try {
      const answer = await fetch(form.dataset.preview, {
        method: "POST",
        headers: { Accept: "image/svg+xml" },
        body: new URLSearchParams(new FormData(form)),
      });
      if (!answer.ok || turn !== asked) return;
      const before = image.src;
      image.src = URL.createObjectURL(await answer.blob());
      figure.hidden = false;
      if (before) URL.revokeObjectURL(before);
    } catch { /* no network: what was shown stays */ }
  }

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 500);
  });
  show();
})();
