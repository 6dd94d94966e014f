// The wall asks for itself anew every minute. Without an answer it keeps what it shows, and says so.
(function () {
  "use strict";

  function show(text) {
    var found = new DOMParser().parseFromString(text, "text/html").getElementById("wall");
    if (!found) {
      // Signed out: let the page say so.
      window.location.reload();
      return;
    }
    document.getElementById("wall").replaceWith(document.adoptNode(found));
  }

  function ask() {
    fetch(window.location.href, { credentials: "same-origin", cache: "no-store" })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.text();
      })
      .then(show)
      .catch(function () {
        document.getElementById("wall").classList.add("wall-old");
      });
  }

  window.setInterval(ask, 60000);
})();
