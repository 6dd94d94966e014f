// Light or dark before the first paint: the person's choice, else what the system says.
(function () {
  "use strict";
  var root = document.documentElement;
  var system = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen() {
    var found = document.cookie.match(/(?:^|; )theme=(light|dark)/);
    return found ? found[1] : "";
  }

  function show() {
    root.setAttribute("data-bs-theme", chosen() || (system.matches ? "dark" : "light"));
  }

  root.classList.add("scripted");
  show();
  system.addEventListener("change", show);
  // Paper is white: light letters would be lost on it.
  window.addEventListener("beforeprint", function () { root.setAttribute("data-bs-theme", "light"); });
  window.addEventListener("afterprint", show);

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-switch-theme]");
    if (!button) return;
    var next = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
    document.cookie = "theme=" + next + "; path=/; max-age=31536000; samesite=lax; secure";
    show();
    document.dispatchEvent(new CustomEvent("theme:changed"));
  });
})();
