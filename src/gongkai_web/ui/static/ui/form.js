// Makes the form quick: arrow keys and Enter move, a block from a spreadsheet is pasted, what is typed is saved and checked
// by the server a moment later. Nothing is judged here; without this script the buttons do the same.
(function () {
  "use strict";
  var form = document.getElementById("draft");
  var panel = document.getElementById("findings");
  var saved = document.getElementById("saved");
  var floating = document.querySelector(".to-findings");
  var waiting = null;
  var sending = null;
  var changed = false;
  var stopped = false;

  function fields() { return form.querySelectorAll("td.entry input"); }

  function show(answer) {
    form.elements.version.value = answer.version;
    saved.textContent = "已于 " + answer.saved + " 保存";
    var open = panel.scrollTop;
    panel.innerHTML = answer.panel;
    panel.scrollTop = open;
    if (floating) {
      var tallies = panel.querySelector(".tallies");
      floating.textContent = "检查结果 ";
      if (tallies) { floating.appendChild(tallies.cloneNode(true)); }
    }
    fields().forEach(function (input) {
      var cell = input.closest("td");
      var code = cell.dataset.code;
      var found = answer.cells[code];
      ["FAIL", "UNCERTAIN", "REMARK"].forEach(function (level) {
        cell.classList.toggle("fault-" + level, Boolean(found) && found.level === level);
      });
      cell.classList.toggle("fault", Boolean(found));
      if (found) { input.setAttribute("aria-invalid", "true"); } else { input.removeAttribute("aria-invalid"); }
      var marks = cell.querySelector(".marks");
      marks.textContent = "";
      (found ? found.numbers.split("、") : []).slice(0, 2).forEach(function (number) {
        var mark = document.createElement("a");
        var level = panel.querySelector("#f-" + number + " .mark");
        mark.className = level ? level.className : "mark mark-" + found.level;
        mark.href = "#f-" + number;
        mark.textContent = number;
        mark.setAttribute("aria-label", "见检查结果第 " + number + " 条");
        mark.tabIndex = -1;
        marks.appendChild(mark);
      });
      input.placeholder = (answer.computed && answer.computed[code]) || "";
    });
  }

  function say(words) { saved.textContent = words; }

  function send() {
    clearTimeout(waiting);
    waiting = null;
    if (sending) { return sending.then(function () { return changed ? send() : undefined; }); }
    if (!changed || stopped) { return Promise.resolve(); }
    changed = false;
    say("正在保存…");
    var body = new URLSearchParams(new FormData(form));
    sending = fetch(form.action, { method: "POST", body: body, headers: { "X-Requested-With": "fetch" }, credentials: "same-origin" })
      .then(function (response) {
        if (response.ok) { return response.json().then(show); }
        if (response.status === 409) {
          stopped = true;
          say("没有保存：这份草稿在另一个窗口里改过了。请刷新页面后继续。");
        } else if (response.status === 404 || response.status === 403) {
          stopped = true;
          say("没有保存：草稿已经到期删除或者已被清除。请先把填好的数字复制出来。");
        } else {
          changed = true;
          say("没有保存成功，请稍后按“保存并核对”再试。");
        }
      })
      .catch(function () {
        changed = true;
        say("没有保存：连不上服务器。填写的内容还在页面上，网络恢复后按“保存并核对”。");
      })
      .then(function () { sending = null; });
    return sending;
  }

  function later() {
    changed = true;
    clearTimeout(waiting);
    waiting = setTimeout(send, 700);
  }

  form.addEventListener("input", later);
  form.addEventListener("submit", function (event) {
    var pressed = event.submitter;
    if (pressed && pressed.value === "totals") {
      // The page is drawn anew with the totals in place; what is typed goes with this very request.
      clearTimeout(waiting);
      stopped = true;
      if (sending) { event.preventDefault(); sending.then(function () { stopped = false; pressed.click(); }); }
      return;
    }
    event.preventDefault();
    changed = true;
    send();
  });
  window.addEventListener("beforeunload", function (event) {
    if (changed && !stopped) { event.preventDefault(); event.returnValue = ""; }
  });

  // Whatever leaves this page works on what was typed: save first.
  document.querySelectorAll("[data-download]").forEach(function (link) {
    link.addEventListener("click", function (event) {
      if (!changed && !sending) { return; }
      event.preventDefault();
      send().then(function () { if (!changed) { window.location.href = link.href; } });
    });
  });
  document.querySelectorAll(".tool form").forEach(function (other) {
    other.addEventListener("submit", function (event) {
      if (event.defaultPrevented || (!changed && !sending)) { return; }
      event.preventDefault();
      send().then(function () { if (!changed) { other.submit(); } });
    });
  });

  // Moving about.
  function neighbour(input, rows, columns) {
    var table = input.closest("table");
    var row = Number(input.dataset.row);
    var column = Number(input.dataset.column);
    var best = null;
    table.querySelectorAll("td.entry input").forEach(function (other) {
      var down = Number(other.dataset.row) - row;
      var right = Number(other.dataset.column) - column;
      var fits = rows ? right === 0 && down * rows > 0 : down === 0 && right * columns > 0;
      var far = Math.abs(down) + Math.abs(right);
      if (fits && (!best || far < best.far)) { best = { input: other, far: far }; }
    });
    if (best) { return best.input; }
    var all = Array.prototype.slice.call(fields());
    return all[all.indexOf(input) + (rows || columns)] || null;
  }
  function go(input) {
    if (!input) { return; }
    input.focus();
    input.select();
    input.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  form.addEventListener("keydown", function (event) {
    var input = event.target;
    if (!input.matches("td.entry input") || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) {
      if (event.key === "Enter" && input.matches("input:not([type=submit])")) { event.preventDefault(); }
      return;
    }
    var whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    var next = null;
    if (event.key === "Enter") { next = neighbour(input, event.shiftKey ? -1 : 1, 0); }
    else if (event.key === "ArrowDown") { next = neighbour(input, 1, 0); }
    else if (event.key === "ArrowUp") { next = neighbour(input, -1, 0); }
    else if (event.key === "ArrowLeft" && (whole || input.selectionEnd === 0)) { next = neighbour(input, 0, -1); }
    else if (event.key === "ArrowRight" && (whole || input.selectionStart === input.value.length)) { next = neighbour(input, 0, 1); }
    else { return; }
    event.preventDefault();
    go(next);
  });

  // A block copied from a spreadsheet: rows by line, cells by tab. Columns of words at the left are labels and are skipped;
  // a line without any number falls on a heading row when there is one there.
  function block(text) {
    var lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map(function (line) { return line.split("\t"); });
    function words(value) { return /[\u4e00-\u9fff]{2,}/.test(value) && !/^不适用$|^不涉及$/.test(value.trim()); }
    while (lines.length && lines[0].length > 1 && lines.some(function (l) { return words(l[0] || ""); }) &&
      lines.every(function (l) { return !/\d/.test((l[0] || "").replace(/^[（(]?[\d一二三四五六七八九十]+[）).、].*$/, "")) || words(l[0]); })) {
      lines = lines.map(function (l) { return l.slice(1); });
    }
    return lines;
  }
  form.addEventListener("paste", function (event) {
    var start = event.target;
    if (!start.matches("td.entry input")) { return; }
    var text = (event.clipboardData || window.clipboardData).getData("text");
    if (!/[\t\n]/.test(text.replace(/\r?\n$/, ""))) { return; }
    event.preventDefault();
    var table = start.closest("table");
    var inputs = Array.prototype.slice.call(table.querySelectorAll("td.entry input"));
    var rows = [];
    inputs.forEach(function (i) {
      var row = Number(i.dataset.row);
      if (row >= Number(start.dataset.row) && rows.indexOf(row) < 0) { rows.push(row); }
    });
    var columns = [];
    inputs.forEach(function (i) {
      var column = Number(i.dataset.column);
      if (column >= Number(start.dataset.column) && columns.indexOf(column) < 0) { columns.push(column); }
    });
    rows.sort(function (a, b) { return a - b; });
    columns.sort(function (a, b) { return a - b; });
    var lines = block(text).filter(function (line) { return line.some(function (v) { return v.trim() !== ""; }); });
    var filled = 0;
    var lost = 0;
    lines.forEach(function (line, r) {
      line.forEach(function (value, k) {
        var input = inputs.filter(function (i) { return Number(i.dataset.row) === rows[r] && Number(i.dataset.column) === columns[k]; })[0];
        if (input) { input.value = value.trim(); filled += 1; } else if (value.trim()) { lost += 1; }
      });
    });
    later();
    say("已粘贴 " + filled + " 格" + (lost ? "，有 " + lost + " 格超出表格，没有粘贴。请核对位置" : "") + "。");
  });

  // Open menus close when the person goes on elsewhere.
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.tool[open]").forEach(function (tool) {
      if (!tool.contains(event.target)) { tool.open = false; }
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") { return; }
    document.querySelectorAll("details.tool[open]").forEach(function (tool) { tool.open = false; tool.querySelector("summary").focus(); });
  });
})();
