// Which faults of looks does a page have that a machine can see? Returns one Chinese-free line per fault, for developers.
() => {
  const faults = [];
  const name = (element) => {
    const words = (element.getAttribute("aria-label") || element.textContent || element.getAttribute("name") || "").trim();
    return `<${element.tagName.toLowerCase()}${element.id ? "#" + element.id : ""}> ${words.slice(0, 24)}`;
  };
  const shown = (element) => {
    if (!element.checkVisibility ? element.offsetParent === null : !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    if (element.closest(".visually-hidden, .visually-hidden-focusable, [aria-hidden=true]")) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1;
  };

  const floats = (element) => {
    for (let up = element; up; up = up.parentElement) if (["fixed", "sticky"].includes(getComputedStyle(up).position)) return true;
    return false;
  };

  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) {
    const wide = [...document.body.querySelectorAll("*")].filter((element) => {
      if (!shown(element) || element.getBoundingClientRect().right <= page.clientWidth + 1) return false;
      for (let up = element.parentElement; up && up !== document.body; up = up.parentElement) {
        if (["auto", "scroll", "hidden"].includes(getComputedStyle(up).overflowX)) return false;
      }
      return true;
    });
    faults.push(`the page scrolls sideways: ${page.scrollWidth} px in ${page.clientWidth} px; ${wide.slice(0, 3).map(name).join(", ")}`);
  }

  const small = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    // A superscript number beside a cell is a mark, not reading matter.
    if (!node.data.trim() || !element || element.closest("sup, svg, canvas, script, style, noscript") || !shown(element)) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size < 13.99) small.set(`${size}px ${name(element)}`, true);
  }
  for (const words of [...small.keys()].slice(0, 5)) faults.push(`text under 14 px: ${words}`);

  for (const element of document.body.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    if (!shown(element) || !element.textContent.trim() || element.closest("svg, select")) continue;
    const hides = ["hidden", "clip"];
    const own = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (own && hides.includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && style.textOverflow !== "ellipsis")
      faults.push(`text cut off at the side: ${name(element)}`);
    if (own && hides.includes(style.overflowY) && element.scrollHeight > element.clientHeight + 2) faults.push(`text cut off below: ${name(element)}`);
  }

  const controls = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(shown);
  const boxes = controls.map((element) => element.getBoundingClientRect());
  for (let i = 0; i < controls.length && controls.length < 1500; i++) {
    for (let j = i + 1; j < controls.length; j++) {
      const [a, b] = [boxes[i], boxes[j]];
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across <= 3 || down <= 3 || controls[i].contains(controls[j]) || controls[j].contains(controls[i])) continue;
      // Links of running text broken over lines have boxes that cover more than their words.
      if ([controls[i], controls[j]].some((element) => getComputedStyle(element).display === "inline")) continue;
      // What stays in place while the page moves below it covers only for a moment.
      if ([controls[i], controls[j]].some(floats)) continue;
      // A fault's number stands in the corner of its own cell.
      if (controls[i].closest("td") && controls[i].closest("td") === controls[j].closest("td")) continue;
      faults.push(`overlap: ${name(controls[i])} and ${name(controls[j])}`);
    }
  }
  return [...new Set(faults)];
}
