// Dialogs: `data-open-dialog="id"` opens, `data-close-dialog` closes, a click beside the dialog closes it too.
(function () {
  "use strict";

  document.addEventListener("click", function (event) {
    var opener = event.target.closest("[data-open-dialog]");
    if (opener) {
      var dialog = document.getElementById(opener.getAttribute("data-open-dialog"));
      if (dialog && !dialog.open) dialog.showModal();
      return;
    }
    if (event.target.closest("[data-close-dialog]")) {
      var inside = event.target.closest("dialog");
      if (inside) inside.close();
      return;
    }
    if (event.target instanceof HTMLDialogElement) event.target.close();
  });

  // The server says with a header (HX-Trigger) that a dialog has done its work.
  document.body.addEventListener("dialog:done", function (event) {
    var dialog = document.getElementById(event.detail.value);
    if (dialog) dialog.close();
  });
})();
