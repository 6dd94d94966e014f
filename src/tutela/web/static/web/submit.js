// `data-submit-on-change` sends its form at once; `data-once` keeps a form from being sent twice;
// `data-copy-of` sends along what stands in the field of another form, so that it is not lost;
// `data-print` prints the page; a form with `data-busy` says that work goes on.
(function () {
  "use strict";

  document.addEventListener("change", function (event) {
    var field = event.target.closest("[data-submit-on-change]");
    if (field && field.form) field.form.requestSubmit();
  });
  document.addEventListener("submit", function (event) {
    var form = event.target;
    form.querySelectorAll("[data-copy-of]").forEach(function (field) {
      var other = document.getElementById(field.getAttribute("data-copy-of"));
      if (other) field.value = other.value;
    });
    if (!form.hasAttribute("data-once")) return;
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "");
    form.querySelectorAll("button[type=submit]").forEach(function (button) { button.classList.add("btn-loading"); });
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
      form.querySelectorAll(".btn-loading").forEach(function (button) { button.classList.remove("btn-loading"); });
    });
  });
  document.addEventListener("click", function (event) {
    if (event.target.closest("[data-print]")) window.print();
  });
})();
