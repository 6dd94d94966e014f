// Dialogs: `data-open-dialog="id"` opens, `data-close-dialog` closes, a click beside the dialog closes it too.
// Both are links where the page works without this file; one that came open is made modal here.
(function () {
  "use strict";

  function open(dialog) {
    if (dialog && !dialog.open) dialog.showModal();
  }

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      event.preventDefault();
      open(document.getElementById(opener.getAttribute("data-open-dialog")));
      return;
    }
    var closer = event.target.closest("[data-close-dialog]");
    if (closer) {
      event.preventDefault();
      var inside = closer.closest("dialog");
      if (inside) inside.close();
      return;
    }
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });

  // A link that is a button is pressed with the space bar too.
  document.addEventListener("keydown", function (event) {
    if (event.key !== " " || !event.target.matches("a[role=button]")) return;
    event.preventDefault();
    event.target.click();
  });

  document.querySelectorAll("dialog[open]").forEach(function (dialog) {
    dialog.close();
    open(dialog);
  });

  // The server says with a header (HX-Trigger) that a dialog has done its work.
  document.body.addEventListener("dialog:done", function (event) {
    var dialog = document.getElementById(event.detail.value);
    if (dialog) dialog.close();
  });
})();
