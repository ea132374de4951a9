// What is public already and close to what somebody types? Offered below a field that names where to ask (data-suggest); without this
// script, or when nobody answers, the field and its form are what they are. Two manners: a list below a search field, moved through with
// the arrow keys (combobox), or, with data-suggest-into naming a region of the page, links in that region while a question is written.
(function () {
  "use strict";
  var WAIT = 250, LEAST = 2, MOST = 200, count = 0;

  function made(tag, className, text) {
    var element = document.createElement(tag);
    if (className) { element.className = className; }
    if (text) { element.textContent = text; }
    return element;
  }

  // Asks after a pause; an answer that comes after the next question is thrown away.
  function asking(field, show) {
    var address = field.getAttribute("data-suggest"), timer = 0, asked = "", under = null;
    function ask() {
      var words = field.value.trim().slice(0, MOST);
      if (words === asked) { return; }
      asked = words;
      if (under) { under.abort(); under = null; }
      if (Array.from(words).length < LEAST) { show([]); return; }
      var own = under = new AbortController();
      fetch(address + "?q=" + encodeURIComponent(words), { credentials: "omit", signal: own.signal })
        .then(function (answer) { return answer.ok ? answer.json() : { items: [] }; })
        .then(function (found) { if (under === own) { show(found.items || []); } })
        .catch(function () { if (under === own) { show([]); } });
    }
    function later() { window.clearTimeout(timer); timer = window.setTimeout(ask, WAIT); }
    field.addEventListener("input", function (event) { if (!event.isComposing) { later(); } });
    field.addEventListener("compositionend", later);
    return function forget() { window.clearTimeout(timer); asked = ""; if (under) { under.abort(); under = null; } };
  }

  function combobox(field) {
    var id = "suggest-" + (count += 1), items = [], at = -1;
    var list = made("ul", "suggest-list"), said = made("p", "visually-hidden");
    list.id = id;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "相近的已公开信息");
    said.setAttribute("role", "status");
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-expanded", "false");
    field.setAttribute("aria-controls", id);
    field.setAttribute("autocomplete", "off");
    field.parentNode.appendChild(list);
    field.parentNode.appendChild(said);

    function move(to) {
      Array.from(list.children).forEach(function (option, n) { option.setAttribute("aria-selected", n === to ? "true" : "false"); });
      at = to;
      if (to < 0) { field.removeAttribute("aria-activedescendant"); return; }
      field.setAttribute("aria-activedescendant", id + "-" + to);
      list.children[to].scrollIntoView({ block: "nearest" });
    }
    function close() {
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
      move(-1);
    }
    function open() {
      if (!items.length) { return; }
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }
    var forget = asking(field, function (found) {
      items = found;
      list.textContent = "";
      found.forEach(function (item, n) {
        var option = made("li", "suggest-option");
        option.id = id + "-" + n;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.appendChild(made("span", "", item.title));
        option.appendChild(made("time", "", item.published_on));
        option.addEventListener("mousedown", function (event) { event.preventDefault(); });
        option.addEventListener("click", function () { window.location.assign(item.url); });
        list.appendChild(option);
      });
      close();
      if (found.length && document.activeElement === field) { open(); }
      said.textContent = found.length ? "有 " + found.length + " 条相近的信息，用上下键选择，按回车打开。" : "";
    });
    field.addEventListener("keydown", function (event) {
      if (event.isComposing) { return; }
      var down = event.key === "ArrowDown", up = event.key === "ArrowUp";
      if ((down || up) && items.length) {
        event.preventDefault();
        if (list.hidden) { open(); }
        // One place more than options: the field itself, where nothing is chosen.
        var places = items.length + 1;
        move((at + 1 + (down ? 1 : places - 1)) % places - 1);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        window.location.assign(items[at].url);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    field.addEventListener("blur", close);
    field.addEventListener("focus", function () { if (field.value.trim()) { open(); } });
    if (field.form) { field.form.addEventListener("submit", function () { forget(); close(); }); }
  }

  function beside(field, region) {
    region.setAttribute("aria-live", "polite");
    asking(field, function (found) {
      region.textContent = "";
      region.hidden = !found.length;
      if (!found.length) { return; }
      region.appendChild(made("p", "suggest-head", "下面这些已经公开，看看是不是您要的："));
      var list = made("ul", "rows");
      found.forEach(function (item) {
        var row = made("li"), link = made("a", "", item.title), day = made("time", "", item.published_on);
        link.href = item.url;
        row.appendChild(link);
        row.appendChild(day);
        list.appendChild(row);
      });
      region.appendChild(list);
    });
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-suggest]").forEach(function (field) {
      var into = field.getAttribute("data-suggest-into"), region = into && document.getElementById(into);
      if (region) { beside(field, region); } else { combobox(field); }
    });
  });
})();
