// A pack comes as a download, which leaves the page as it was: the answer's cookie says that it is there,
// and the page is read anew with the pack, or who fetched it, in its list.
(function () {
  "use strict";

  document.querySelectorAll("form[data-pack]").forEach(function (form) {
    form.addEventListener("submit", function () {
      var mark = Math.random().toString(36).slice(2);
      var button = form.querySelector("button[type=submit]");
      form.elements.mark.value = mark;
      button.classList.add("btn-loading");
      var waiting = setInterval(function () {
        if (document.cookie.indexOf("pack=" + mark) === -1) return;
        clearInterval(waiting);
        document.cookie = "pack=; max-age=0; path=/scorecard/packs/";
        window.location.assign("/scorecard/packs/");
      }, 400);
    });
  });
})();
