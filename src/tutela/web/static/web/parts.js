// A part of a page never takes in a whole page, such as the sign-in of a session that has ended: the browser goes to
// the sign-in, or the reader is told. A request that finds no server, or no answer in time, says so.
(function () {
  "use strict";

  var WHOLE = /^\s*(<!doctype|<html)/i;

  function tell(name, near) {
    var dialog = near && near.closest && near.closest("dialog[open]");
    var place = dialog ? dialog.querySelector(".sheet-body") || dialog : document.getElementById("notices") || document.body;
    var told = place.querySelector("[data-part-failed]");
    if (told && told.getAttribute("data-part-failed") === name) return;
    if (told) told.remove();
    place.prepend(document.getElementById(name).content.cloneNode(true));
    if (!dialog) place.scrollIntoView({ block: "nearest" });
  }

  function untell() {
    document.querySelectorAll("[data-part-failed]").forEach(function (told) { told.remove(); });
  }

  function isPage(xhr) {
    var kind = xhr.getResponseHeader("Content-Type") || "";
    return WHOLE.test(xhr.responseText) || (xhr.responseText !== "" && kind.indexOf("text/html") !== 0);
  }

  document.addEventListener("htmx:beforeSwap", function (event) {
    var xhr = event.detail.xhr;
    if (!isPage(xhr)) { untell(); return; }
    event.detail.shouldSwap = false;
    event.detail.isError = true;
    var path = new URL(xhr.responseURL || window.location.href, window.location.href).pathname;
    if (path.indexOf("/account/") === 0) {
      window.location.assign(path + "?next=" + encodeURIComponent(window.location.pathname + window.location.search));
      return;
    }
    tell("part-not-shown", event.detail.elt);
  });
  ["htmx:sendError", "htmx:timeout"].forEach(function (name) {
    document.addEventListener(name, function (event) { tell("part-not-reached", event.detail.elt); });
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-load-anew]")) window.location.reload();
  });
})();
