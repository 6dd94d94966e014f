// The search box: Control+K leads to it, the arrow keys change its purpose without leaving the text.
(function () {
  "use strict";

  var box = document.querySelector("[data-find-box]");
  if (!box) return;
  var text = box.querySelector("[data-find-text]");
  var purpose = box.querySelector("select");
  var said = box.querySelector("[data-find-said]");

  document.addEventListener("keydown", function (event) {
    var control = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!control || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    text.focus();
    text.select();
  });

  text.addEventListener("keydown", function (event) {
    var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    var options = Array.from(purpose.options).filter(function (option) { return option.value; });
    if (!options.length) return;
    var now = options.indexOf(purpose.options[purpose.selectedIndex]);
    var next = options[(now + step + options.length) % options.length];
    purpose.value = next.value;
    said.textContent = next.text;
  });
})();
