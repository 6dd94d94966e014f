// Clear values: shown for a limited time, then masked again; masked at once by Escape, by the button, and when the
// page is left or hidden. The focus goes back to the field whose value was shown. A page of clear values alone
// (`data-clear-page`, where HTMX did not run) leaves for the masked page instead.
(function () {
  "use strict";

  var opener = null;

  function cover(value) {
    var home = value.parentElement;
    var masked = document.createElement("span");
    masked.className = "masked";
    masked.textContent = home.getAttribute("data-mask") || "••••";
    home.textContent = "";
    home.appendChild(masked);
  }

  function values() {
    return document.querySelectorAll("[data-clear-seconds]");
  }

  function leave() {
    var page = document.querySelector("[data-clear-page]");
    if (page) window.location.replace(page.getAttribute("data-clear-page"));
  }

  function coverAll() {
    if (!values().length) return;
    values().forEach(cover);
    tick();
    leave();
  }

  function removeNotice(notice) {
    var held = notice.contains(document.activeElement);
    notice.remove();
    if (held && opener && opener.isConnected) opener.focus();
  }

  function start(cell) {
    var seconds = Number(cell.getAttribute("data-clear-seconds"));
    cell.setAttribute("data-clear-until", String(performance.now() + seconds * 1000));
  }

  function tick() {
    var left = 0;
    var had = values().length;
    var fresh = document.querySelector("[data-clear-seconds]:not([data-clear-until])");
    values().forEach(function (cell) {
      if (!cell.hasAttribute("data-clear-until")) start(cell);
      var rest = Math.ceil((Number(cell.getAttribute("data-clear-until")) - performance.now()) / 1000);
      if (rest <= 0) { cover(cell); return; }
      left = Math.max(left, rest);
      var shown = cell.querySelector("[data-countdown]");
      if (shown) shown.textContent = String(rest);
    });
    document.querySelectorAll("[data-clear-notice], [data-clear-page]").forEach(function (notice) {
      if (left === 0 && notice.hasAttribute("data-clear-notice")) { removeNotice(notice); return; }
      var shown = notice.querySelector("[data-countdown]");
      if (shown) shown.textContent = String(left);
    });
    // The notice above pushes a value near the edge of a small screen out of it.
    if (fresh) fresh.scrollIntoView({ block: "nearest" });
    var mark = document.getElementById("watermark");
    if (mark) mark.hidden = left === 0;
    if (had && left === 0) leave();
  }

  document.addEventListener("htmx:load", tick);
  document.addEventListener("visibilitychange", function () { if (document.hidden) coverAll(); });
  window.addEventListener("pagehide", coverAll);
  window.addEventListener("beforeprint", coverAll);
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (values().length) { event.preventDefault(); coverAll(); }
  });
  document.addEventListener("click", function (event) {
    var one = event.target.closest("[data-choose-one], [data-open-dialog=reveal-dialog]");
    if (one) opener = one;
    if (event.target.closest("[data-cover-now]")) { event.preventDefault(); coverAll(); }
  });

  tick();
  window.setInterval(tick, 500);
})();
