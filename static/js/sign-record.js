// Drawing a signature with finger, pen or mouse; the picture goes into a hidden field of the form.
(() => {
  "use strict";
  const form = document.querySelector("form[data-sign]");
  const canvas = form?.querySelector("canvas");
  const pen = canvas?.getContext("2d");
  if (!pen) return;
  form.hidden = false;
  document.querySelector("[data-no-script]")?.remove();

  const strokes = [];
  let stroke = null;

  // Paper is white and ink is black in every colour scheme: the picture is printed.
  function draw() {
    const ratio = Math.min(window.devicePixelRatio || 1, 2);
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    pen.scale(ratio, ratio);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    pen.strokeStyle = "#000";
    pen.lineWidth = 2.5;
    pen.lineCap = pen.lineJoin = "round";
    for (const points of strokes) line(points);
  }

  function line(points) {
    pen.beginPath();
    pen.moveTo(points[0].x, points[0].y);
    // A dot is a line to the same place.
    if (points.length === 1) pen.lineTo(points[0].x, points[0].y);
    for (let at = 1; at < points.length; at += 1) {
      const [from, to] = [points[at - 1], points[at]];
      pen.quadraticCurveTo(from.x, from.y, (from.x + to.x) / 2, (from.y + to.y) / 2);
    }
    pen.stroke();
  }

  const place = (event) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    stroke = [place(event)];
    strokes.push(stroke);
    draw();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!stroke) return;
    const moves = event.getCoalescedEvents?.() ?? [event];
    for (const move of moves.length ? moves : [event]) stroke.push(place(move));
    draw();
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { stroke = null; });
  form.querySelector("[data-clear]").addEventListener("click", () => {
    strokes.length = 0;
    draw();
  });
  form.addEventListener("submit", () => {
    form.elements.signature.value = strokes.length ? canvas.toDataURL("image/png") : "";
  });
  window.addEventListener("resize", draw);
  draw();
})();
