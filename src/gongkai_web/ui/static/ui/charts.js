// Draws each chart from the table beneath it, so that picture and figures cannot differ. Without this script the picture
// made by the server stays.
(function () {
  "use strict";
  var echarts = window.echarts;
  if (!echarts) { return; }
  var INK = "#1f2328";
  var COLOURS = ["#0b4a8f", "#8fb3d9", "#a85b00", "#575e66"];
  function numbers(text) {
    var value = parseFloat(text.replace(/[,，%]/g, ""));
    return isNaN(value) ? null : value;
  }
  function rows(table) {
    return Array.prototype.map.call(table.tBodies[0].rows, function (row) {
      return Array.prototype.map.call(row.cells, function (cell) { return cell.textContent.trim(); });
    });
  }
  document.querySelectorAll("[data-chart]").forEach(function (figure) {
    var table = figure.querySelector("table");
    var head = Array.prototype.map.call(table.tHead.rows[0].cells, function (cell) { return cell.textContent.trim(); });
    var data = rows(table);
    var picture = figure.querySelector(".chart-picture");
    var image = picture.querySelector("img");
    var trend = data.length && /^\d{4}年?$/.test(data[0][0]);
    var names = data.map(function (row) { return row[0]; });
    var columns = head.slice(1).map(function (_, i) { return i + 1; }).filter(function (i) {
      return !/占比|%/.test(head[i]) && data.some(function (row) { return numbers(row[i] || "") !== null; });
    });
    if (!data.length || !columns.length) { return; }
    var live = document.createElement("div");
    live.className = "chart-live";
    live.setAttribute("role", "img");
    live.setAttribute("aria-label", image.alt);
    picture.replaceChild(live, image);
    var height = trend ? 300 : Math.max(160, data.length * 40 * Math.max(1, columns.length / 2) + 60);
    var chart = echarts.init(live, null, { renderer: "canvas", height: height });
    var text = { color: INK, fontSize: 14 };
    var series = columns.map(function (i) {
      return {
        name: head[i],
        type: trend ? "line" : "bar",
        barMaxWidth: 24,
        symbolSize: 8,
        label: { show: true, position: trend ? "top" : "right", color: INK, fontSize: 14 },
        data: data.map(function (row) { return numbers(row[i] || ""); }),
      };
    });
    var category = { type: "category", data: names, inverse: !trend, axisTick: { show: false }, axisLabel: Object.assign({ width: 130, overflow: "break" }, text) };
    var value = { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: "#e6e3de" } } };
    chart.setOption({
      animation: false,
      color: COLOURS,
      textStyle: text,
      aria: { enabled: true, decal: { show: columns.length > 1 } },
      tooltip: { trigger: "axis", renderMode: "richText", axisPointer: { type: "shadow" } },
      legend: columns.length > 1 ? { bottom: 0, textStyle: text } : undefined,
      grid: { left: 8, right: 48, top: trend ? 24 : 8, bottom: columns.length > 1 ? 40 : 8, containLabel: true },
      xAxis: trend ? category : value,
      yAxis: trend ? value : category,
      series: series,
    });
    window.addEventListener("resize", function () { chart.resize(); });
    // The pixels of the screen are too few for paper: the server's picture is printed instead.
    window.addEventListener("beforeprint", function () { picture.replaceChild(image, live); });
    window.addEventListener("afterprint", function () { picture.replaceChild(live, image); });
  });
})();
