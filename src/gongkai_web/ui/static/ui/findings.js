// Brings a finding and its cell to sight together: press one, the other is shown.
(function () {
  "use strict";
  function choose(elements) {
    document.querySelectorAll(".chosen").forEach(function (e) { e.classList.remove("chosen"); });
    elements.forEach(function (e) { e.classList.add("chosen"); });
  }
  function reveal(element) {
    element.scrollIntoView({ block: "center", inline: "center" });
  }
  function target(id) {
    return document.getElementById(id);
  }
  document.addEventListener("click", function (event) {
    var mark = event.target.closest("a.mark");
    if (mark) {
      var finding = target(mark.getAttribute("href").slice(1));
      if (!finding) { return; }
      event.preventDefault();
      finding.querySelectorAll("details.passages").forEach(function (d) { d.open = true; });
      choose([finding, mark.closest("td")]);
      finding.scrollIntoView({ block: "nearest" });
      finding.focus({ preventScroll: true });
      return;
    }
    var link = event.target.closest("a[data-cell]");
    if (link) {
      var cell = target(link.getAttribute("href").slice(1));
      if (!cell) { return; }
      event.preventDefault();
      var item = link.closest(".finding");
      item.querySelectorAll("details.passages").forEach(function (d) { d.open = true; });
      choose([item, cell.closest("td")]);
      reveal(cell);
      cell.focus({ preventScroll: true });
    }
  });
})();
