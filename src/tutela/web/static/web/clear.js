// Clear values: shown for a limited time, then masked again; masked at once when the page is left or hidden.
(function () {
  "use strict";

  function cover(value) {
    var home = value.parentElement;
    var masked = document.createElement("span");
    masked.className = "masked";
    masked.textContent = home.getAttribute("data-mask") || "••••";
    home.textContent = "";
    home.appendChild(masked);
  }

  function coverAll() {
    document.querySelectorAll("[data-clear-seconds]").forEach(cover);
    document.querySelectorAll("[data-clear-notice]").forEach(function (notice) { notice.remove(); });
    tick();
  }

  function start(cell) {
    if (cell.hasAttribute("data-clear-until")) return;
    var seconds = Number(cell.getAttribute("data-clear-seconds"));
    cell.setAttribute("data-clear-until", String(performance.now() + seconds * 1000));
  }

  function tick() {
    var left = 0;
    document.querySelectorAll("[data-clear-seconds]").forEach(function (cell) {
      start(cell);
      var rest = Math.ceil((Number(cell.getAttribute("data-clear-until")) - performance.now()) / 1000);
      if (rest <= 0) { cover(cell); return; }
      left = Math.max(left, rest);
      var shown = cell.querySelector("[data-countdown]");
      if (shown) shown.textContent = String(rest);
    });
    document.querySelectorAll("[data-clear-notice]").forEach(function (notice) {
      if (left === 0) { notice.remove(); return; }
      var shown = notice.querySelector("[data-countdown]");
      if (shown) shown.textContent = String(left);
    });
    var mark = document.getElementById("watermark");
    if (mark) mark.hidden = left === 0;
  }

  document.addEventListener("htmx:load", tick);
  document.addEventListener("visibilitychange", function () { if (document.hidden) coverAll(); });
  window.addEventListener("pagehide", coverAll);
  window.addEventListener("beforeprint", coverAll);
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-cover-now]")) coverAll();
  });
  window.setInterval(tick, 500);
})();
