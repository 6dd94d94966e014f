// A small chart of looks a day. The figures stand in a table on the page; the chart draws that table. Each kind has a
// pattern of its own besides its colour.
(function () {
  "use strict";

  var SVG = "http://www.w3.org/2000/svg";
  var HEIGHT = 190, TOP = 12, FOOT = 22, LEFT = 40;
  var KINDS = ["masked", "clear", "refused"];

  function make(name, facts, inside, text) {
    var made = document.createElementNS(SVG, name);
    Object.keys(facts).forEach(function (fact) { made.setAttribute(fact, facts[fact]); });
    if (text !== undefined) made.textContent = text;
    inside.appendChild(made);
    return made;
  }

  function read(table) {
    return Array.from(table.querySelectorAll("tbody tr")).map(function (row) {
      return Array.from(row.cells).map(function (cell) { return cell.textContent.trim(); });
    });
  }

  function number(text) { return Number(text.replace(/,/g, "")) || 0; }

  // The next 1, 2 or 5 times a power of ten above a third of the highest bar.
  function step(highest) {
    var rough = Math.max(highest / 3, 1), power = Math.pow(10, Math.floor(Math.log10(rough)));
    return [1, 2, 5, 10].map(function (n) { return n * power; }).find(function (n) { return n >= rough; });
  }

  function patterns(svg) {
    var defs = make("defs", {}, svg);
    var stripes = make("pattern", { id: "trend-clear", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, defs);
    make("rect", { width: 6, height: 6, class: "trend-clear-ground" }, stripes);
    make("rect", { width: 3, height: 6, class: "trend-clear" }, stripes);
    var dots = make("pattern", { id: "trend-refused", width: 6, height: 6, patternUnits: "userSpaceOnUse" }, defs);
    make("rect", { width: 6, height: 6, class: "trend-refused-ground" }, dots);
    make("circle", { cx: 3, cy: 3, r: 1.25, class: "trend-refused" }, dots);
  }

  function draw(place) {
    var table = document.getElementById(place.getAttribute("data-trend"));
    var rows = read(table), width = Math.max(place.clientWidth, 240);
    var sums = rows.map(function (row) { return row.slice(1).map(number).reduce(function (a, b) { return a + b; }, 0); });
    var tick = step(Math.max.apply(null, sums)), most = Math.ceil(Math.max.apply(null, sums.concat(1)) / tick) * tick;
    var tall = HEIGHT - TOP - FOOT, wide = (width - LEFT) / rows.length, bar = Math.min(wide * 0.7, 22);
    var svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
    svg.setAttribute("class", "trend");
    patterns(svg);
    for (var at = 0; at <= most; at += tick) {
      var line = TOP + tall * (1 - at / most);
      make("line", { x1: LEFT, x2: width, y1: line, y2: line, class: "trend-line" }, svg);
      make("text", { x: LEFT - 6, y: line + 4, class: "trend-number" }, svg, at.toLocaleString("en"));
    }
    rows.forEach(function (row, n) {
      var left = LEFT + wide * n + (wide - bar) / 2, foot = TOP + tall;
      row.slice(1).map(number).forEach(function (count, kind) {
        var high = tall * count / most;
        foot -= high;
        if (count) make("rect", { x: left, y: foot, width: bar, height: high, class: "trend-bar trend-" + KINDS[kind] + "-bar" }, svg);
      });
      if (wide > 34 || n % 2 === rows.length % 2) {
        make("text", { x: left + bar / 2, y: HEIGHT - 6, class: "trend-day" }, svg, row[0].slice(5));
      }
    });
    place.replaceChildren(legend(table), svg);
  }

  function legend(table) {
    var list = document.createElement("ul");
    list.className = "trend-legend";
    Array.from(table.querySelectorAll("thead th")).slice(1).forEach(function (head, kind) {
      var line = document.createElement("li"), key = document.createElementNS(SVG, "svg");
      key.setAttribute("class", "trend-key");
      make("rect", { width: 14, height: 14, class: "trend-bar trend-" + KINDS[kind] + "-bar" }, key);
      line.append(key, head.textContent.trim());
      list.appendChild(line);
    });
    return list;
  }

  function drawAll() { document.querySelectorAll("[data-trend]").forEach(draw); }

  drawAll();
  window.addEventListener("resize", drawAll);
})();
