// How is something found in a static edition, where no server answers? Pairs of characters name the items in which they stand; those are
// then read and looked through. The index comes as scripts, because pages opened from a folder may load nothing else.
(function () {
  "use strict";
  var MOST = 200;
  var place = document.querySelector("[data-found]");
  if (!place) { return; }
  var shards = Number(place.getAttribute("data-shards"));
  var chunk = Number(place.getAttribute("data-chunk"));
  var waiting = {};
  var asked = {};
  window.gongkai = function (name, value) { waiting[name](value); };

  function load(name) {
    if (!asked[name]) {
      asked[name] = new Promise(function (done) {
        var script = document.createElement("script");
        waiting[name] = done;
        script.src = name + ".js";
        script.onerror = function () { done(null); };
        document.head.appendChild(script);
      });
    }
    return asked[name];
  }
  function folded(text) { return text.normalize("NFKC").toLowerCase(); }
  function runs(text) { return folded(text).match(/[\p{L}\p{N}\p{Mn}\p{Mc}]+/gu) || []; }
  function pairs(run) {
    var letters = Array.from(run), made = [];
    for (var i = 0; i + 1 < letters.length; i += 1) { made.push(letters[i] + letters[i + 1]); }
    return made;
  }
  function shard(pair) {
    var sum = 0;
    for (var i = 0; i < pair.length; i += 1) { sum = (sum * 31 + pair.charCodeAt(i)) % shards; }
    return "grams/" + sum;
  }
  function both(a, b) {
    var known = new Set(b);
    return a.filter(function (key) { return known.has(key); });
  }
  function candidates(wanted) {
    var needed = [];
    wanted.forEach(function (run) { pairs(run).forEach(function (pair) { if (needed.indexOf(pair) < 0) { needed.push(pair); } }); });
    return Promise.all(needed.map(function (pair) {
      return load(shard(pair)).then(function (found) { return (found && found[pair]) || []; });
    })).then(function (lists) {
      return lists.sort(function (a, b) { return a.length - b.length; }).reduce(function (left, list) { return left === null ? list : both(left, list); }, null) || [];
    });
  }
  function items(keys) {
    var names = [];
    keys.forEach(function (key) {
      var name = "docs/" + Math.floor(key / chunk);
      if (names.indexOf(name) < 0) { names.push(name); }
    });
    var wanted = new Set(keys);
    return Promise.all(names.map(load)).then(function (pieces) {
      var found = [];
      pieces.forEach(function (piece) { (piece || []).forEach(function (row) { if (row && wanted.has(row[0])) { found.push(row); } }); });
      return found;
    });
  }
  function holds(row, wanted) {
    var fields = [row[1], row[2], row[3]].map(folded);
    return wanted.every(function (run) { return fields.some(function (field) { return field.indexOf(run) >= 0; }); });
  }
  function told(words) {
    var line = document.createElement("p");
    line.className = "quiet";
    line.textContent = words;
    place.textContent = "";
    place.appendChild(line);
  }
  function marked(text, wanted) {
    var made = document.createDocumentFragment(), plain = folded(text), at = 0;
    if (plain.length !== text.length) { made.appendChild(document.createTextNode(text)); return made; }
    while (at < text.length) {
      var next = -1, length = 0;
      wanted.forEach(function (run) {
        var here = plain.indexOf(run, at);
        if (here >= 0 && (next < 0 || here < next)) { next = here; length = run.length; }
      });
      if (next < 0) { break; }
      made.appendChild(document.createTextNode(text.slice(at, next)));
      var mark = document.createElement("mark");
      mark.textContent = text.slice(next, next + length);
      made.appendChild(mark);
      at = next + length;
    }
    made.appendChild(document.createTextNode(text.slice(at)));
    return made;
  }
  function show(rows, wanted, words) {
    told(rows.length ? "找到 " + rows.length + " 条含有“" + words + "”的信息。" + (rows.length > MOST ? "只列出最近的 " + MOST + " 条，请多写几个字。" : "") : "没有找到含有“" + words + "”的信息。可以少用几个字，或者换一种说法。");
    rows.slice(0, MOST).forEach(function (row) {
      var hit = document.createElement("section"), head = document.createElement("h3"), link = document.createElement("a");
      var about = document.createElement("p"), text = document.createElement("p");
      hit.className = "hit";
      link.href = "../" + row[6];
      link.appendChild(marked(row[1], wanted));
      head.appendChild(link);
      text.appendChild(marked(row[3], wanted));
      about.className = "quiet";
      about.textContent = [row[5], row[2], row[4]].filter(Boolean).join("　");
      [head, text, about].forEach(function (part) { hit.appendChild(part); });
      place.appendChild(hit);
    });
  }
  var words = (new URLSearchParams(window.location.search).get("q") || "").slice(0, 100);
  var wanted = runs(words).filter(function (run) { return Array.from(run).length > 1; }).slice(0, 12);
  document.getElementById("q").value = words;
  if (!words.trim()) { return; }
  if (!wanted.length) { told("请至少输入两个字。"); return; }
  told("正在检索……");
  candidates(wanted).then(items).then(function (rows) {
    function rank(row) { return wanted.every(function (run) { return folded(row[1]).indexOf(run) >= 0; }) ? 0 : 1; }
    var found = rows.filter(function (row) { return holds(row, wanted); });
    found.sort(function (a, b) { return rank(a) - rank(b) || (a[4] < b[4] ? 1 : a[4] > b[4] ? -1 : b[0] - a[0]); });
    show(found, wanted, words);
  });
})();
