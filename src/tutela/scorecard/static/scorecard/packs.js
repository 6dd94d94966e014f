// A pack comes as a download, which leaves the page as it was: the answer's cookie says that it is there,
// and the page is read anew with the pack in its list.
(function () {
  "use strict";

  var form = document.querySelector("form[data-pack]");
  if (!form) return;
  form.addEventListener("submit", function () {
    var mark = Math.random().toString(36).slice(2);
    var button = form.querySelector("button[type=submit]");
    form.elements.mark.value = mark;
    button.classList.add("btn-loading");
    var waiting = setInterval(function () {
      if (document.cookie.indexOf("pack=" + mark) === -1) return;
      clearInterval(waiting);
      document.cookie = "pack=; max-age=0; path=" + window.location.pathname;
      window.location.reload();
    }, 400);
  });
})();
