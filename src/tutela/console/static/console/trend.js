// A small chart of looks a day. The figures stand in a table on the page; the chart draws that table.
(function () {
  "use strict";

  function read(table) {
    var rows = Array.from(table.querySelectorAll("tbody tr"));
    return rows.map(function (row) {
      return Array.from(row.cells).map(function (cell) { return cell.textContent.trim(); });
    });
  }

  function colour(name) {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  }

  function draw(place) {
    var table = document.getElementById(place.getAttribute("data-trend"));
    var names = Array.from(table.querySelectorAll("thead th")).slice(1).map(function (cell) { return cell.textContent.trim(); });
    var rows = read(table);
    var chart = window.echarts.getInstanceByDom(place) || window.echarts.init(place, null, { renderer: "svg" });
    var text = colour("--tblr-secondary");
    var tints = [colour("--tutela-masked"), colour("--tutela-clear"), colour("--tutela-refused")];
    chart.setOption({
      animation: false,
      color: tints,
      textStyle: { fontFamily: colour("--tblr-body-font-family") || "sans-serif", color: text },
      grid: { left: 8, right: 8, top: 32, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, icon: "roundRect", itemWidth: 10, itemHeight: 10, textStyle: { color: text } },
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: rows.map(function (row) { return row[0].slice(5); }), axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--tblr-border-color") } }, axisLabel: { color: text } },
      yAxis: { type: "value", minInterval: 1, splitNumber: 3, splitLine: { lineStyle: { color: colour("--tblr-border-color") } }, axisLabel: { color: text } },
      series: names.map(function (name, n) {
        return { name: name, type: "bar", stack: "looks", barMaxWidth: 18, data: rows.map(function (row) { return Number(row[n + 1].replace(/,/g, "")); }) };
      }),
    });
  }

  function drawAll() {
    document.querySelectorAll("[data-trend]").forEach(draw);
  }

  drawAll();
  document.addEventListener("theme:changed", drawAll);
  window.addEventListener("resize", function () {
    document.querySelectorAll("[data-trend]").forEach(function (place) {
      var chart = window.echarts.getInstanceByDom(place);
      if (chart) chart.resize();
    });
  });
})();
