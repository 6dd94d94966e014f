// A long list to choose from gets a box that narrows it: what is typed there is never sent.
(function () {
  "use strict";

  function narrow(select, all, typed) {
    var words = typed.toLowerCase().split(/\s+/).filter(Boolean);
    var chosen = select.value;
    select.replaceChildren();
    all.forEach(function (entry) {
      var options = entry.options.filter(function (option) {
        var text = (entry.label + " " + option.text + " " + option.value).toLowerCase();
        return option.value === chosen || option.value === "" ||
          words.every(function (word) { return text.indexOf(word) >= 0; });
      });
      if (!options.length) return;
      var place = select;
      if (entry.group) {
        place = entry.group;
        place.replaceChildren();
        select.appendChild(place);
      }
      options.forEach(function (option) { place.appendChild(option); });
    });
    select.value = chosen;
  }

  document.querySelectorAll("select[data-narrowed]").forEach(function (select) {
    var all = Array.from(select.children).map(function (child) {
      var group = child.tagName === "OPTGROUP" ? child : null;
      return { group: group, label: group ? group.label : "", options: group ? Array.from(group.children) : [child] };
    });
    var box = document.createElement("input");
    box.type = "search";
    box.className = "form-control narrow-list";
    box.placeholder = select.getAttribute("data-narrowed");
    box.setAttribute("aria-label", box.placeholder);
    box.autocomplete = "off";
    box.addEventListener("input", function () { narrow(select, all, box.value); });
    box.addEventListener("keydown", function (event) { if (event.key === "Enter") event.preventDefault(); });
    select.insertAdjacentElement("afterend", box);
  });
})();
