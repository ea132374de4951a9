// How does a reader keep large type or high contrast? Remembered in the browser alone; without this script the page reads as it is.
(function () {
  "use strict";
  var root = document.documentElement;
  function kept(name) {
    try { return window.localStorage.getItem("gongkai-" + name) === "1"; } catch (refused) { return false; }
  }
  function apply(name, on) {
    root.classList.toggle(name, on);
    var button = document.querySelector("[data-reading='" + name + "']");
    if (button) { button.setAttribute("aria-pressed", on ? "true" : "false"); }
  }
  ["large", "contrast"].forEach(function (name) { apply(name, kept(name)); });
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-reading]").forEach(function (button) {
      var name = button.getAttribute("data-reading");
      button.hidden = false;
      apply(name, kept(name));
      button.addEventListener("click", function () {
        var on = !root.classList.contains(name);
        try { window.localStorage.setItem("gongkai-" + name, on ? "1" : "0"); } catch (refused) { /* only for this page */ }
        apply(name, on);
      });
    });
    document.querySelectorAll("[data-print]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", function () { window.print(); });
    });
    document.querySelectorAll(".tree details").forEach(function (tree) { tree.open = window.matchMedia("(min-width: 761px)").matches; });
  });
})();
