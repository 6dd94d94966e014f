// Menus open and close without this file. With it, `details.menu` closes on Escape and on a click beside it, and the
// navigation of a small screen (`data-toggle-menu`, else a link to it) tells whether it is open.
(function () {
  "use strict";

  function menuOf(opener) { return document.getElementById(opener.getAttribute("data-toggle-menu")); }

  function show(opener, open) {
    menuOf(opener).classList.toggle("show", open);
    opener.setAttribute("aria-expanded", String(open));
  }

  document.querySelectorAll("[data-toggle-menu]").forEach(function (opener) {
    opener.setAttribute("role", "button");
    opener.setAttribute("aria-controls", opener.getAttribute("data-toggle-menu"));
    show(opener, false);
  });

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-toggle-menu]");
    if (opener) {
      event.preventDefault();
      show(opener, opener.getAttribute("aria-expanded") !== "true");
    }
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    document.querySelectorAll('[data-toggle-menu][aria-expanded="true"]').forEach(function (opener) {
      show(opener, false);
      opener.focus();
    });
  });
})();
