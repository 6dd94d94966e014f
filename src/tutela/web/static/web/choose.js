// Choosing fields to reveal: the checkbox of a group ticks its fields, the bar tells how many are chosen.
(function () {
  "use strict";

  function boxes(scope) {
    return Array.from(scope.querySelectorAll("input[data-choose]:not(:disabled)"));
  }

  function refresh() {
    var chosen = boxes(document).filter(function (box) { return box.checked; });
    document.querySelectorAll("[data-chosen-count]").forEach(function (place) {
      place.textContent = String(chosen.length);
    });
    document.querySelectorAll("[data-chosen-names]").forEach(function (place) {
      place.textContent = chosen.map(function (box) { return box.getAttribute("aria-label"); }).join(" \u00b7 ");
    });
    document.querySelectorAll("[data-chosen-bar]").forEach(function (bar) { bar.hidden = chosen.length === 0; });
  }

  function none() {
    document.querySelectorAll("[data-choose], [data-choose-group]").forEach(function (box) { box.checked = false; });
    refresh();
  }

  document.addEventListener("change", function (event) {
    var group = event.target.closest("[data-choose-group]");
    if (group) {
      boxes(group.closest("[data-group]")).forEach(function (box) { box.checked = group.checked; });
    }
    refresh();
  });
  document.addEventListener("click", function (event) {
    var one = event.target.closest("[data-choose-one]");
    if (one) {
      boxes(document).forEach(function (box) { box.checked = box.value === one.getAttribute("data-choose-one"); });
      refresh();
    }
    if (event.target.closest("[data-choose-none]")) none();
  });
  // Enter on a checkbox would send the form behind the closed dialog: it opens the dialog instead.
  document.addEventListener("keydown", function (event) {
    var box = event.key === "Enter" && event.target.closest("[data-choose], [data-choose-group]");
    if (!box) return;
    event.preventDefault();
    var bar = document.querySelector("[data-chosen-bar]:not([hidden]) [data-open-dialog]");
    if (bar) bar.click();
  });
  // From one field to the next without the checkboxes between them.
  document.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    var one = event.target.closest("[data-choose-one]");
    if (!step || !one || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    var all = Array.from(document.querySelectorAll("[data-choose-one]"));
    var next = all[all.indexOf(one) + step];
    if (next) { event.preventDefault(); next.focus(); }
  });
  document.body.addEventListener("dialog:done", none);
  refresh();
})();
