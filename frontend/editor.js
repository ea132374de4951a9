// How does a clerk write a text with headings, lists, tables and pictures? A textarea marked data-rich becomes an editor; its value is the
// HTML that the server keeps after cleaning it again. What is pasted from Word or WPS goes to the server first (data-paste), which alone knows
// how to clean it. Without this script the textarea stays as it is.
import { baseKeymap, chainCommands, exitCode, setBlockType, toggleMark, wrapIn, lift } from "prosemirror-commands";
import { dropCursor } from "prosemirror-dropcursor";
import { gapCursor } from "prosemirror-gapcursor";
import { history, redo, undo } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { DOMParser, DOMSerializer, Schema } from "prosemirror-model";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { EditorState } from "prosemirror-state";
import {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, goToNextCell, isInTable, mergeCells, splitCell, tableEditing, tableNodes,
  toggleHeaderRow,
} from "prosemirror-tables";
import { EditorView } from "prosemirror-view";

function simple(tag) {
  return { parseDOM: [{ tag }], toDOM: () => [tag, 0] };
}
// The signature of a document stands to the right, a heading may stand in the middle; the server keeps these two classes and no other.
const sideOf = (dom) => ["center", "right"].find((side) => dom.classList.contains(side)) || null;
const classed = (node, attrs = {}) => (node.attrs.side ? { ...attrs, class: node.attrs.side } : attrs);
const aligned = (tag) => ({
  content: "inline*", group: "block", attrs: { side: { default: null } },
  parseDOM: [{ tag, getAttrs: (dom) => ({ side: sideOf(dom) }) }], toDOM: (node) => [tag, classed(node), 0],
});
const block = (tag) => ({ ...aligned(tag), defining: true });
const tables = tableNodes({ tableGroup: "block", cellContent: "block+", cellAttributes: {} });
// Column widths would be inline styles, which the content policy forbids and print does not need.
for (const name of ["table_cell", "table_header"]) {
  const tag = name === "table_cell" ? "td" : "th";
  tables[name].attrs = { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, side: { default: null } };
  tables[name].parseDOM = [{
    tag,
    getAttrs: (dom) => ({ colspan: Number(dom.getAttribute("colspan")) || 1, rowspan: Number(dom.getAttribute("rowspan")) || 1, side: sideOf(dom) }),
  }];
  tables[name].toDOM = (node) => {
    const attrs = classed(node);
    if (node.attrs.colspan > 1) attrs.colspan = node.attrs.colspan;
    if (node.attrs.rowspan > 1) attrs.rowspan = node.attrs.rowspan;
    return [tag, attrs, 0];
  };
}

const schema = new Schema({
  nodes: {
    doc: { content: "block+" },
    paragraph: aligned("p"),
    heading2: block("h2"),
    heading3: block("h3"),
    heading4: block("h4"),
    blockquote: { content: "block+", group: "block", defining: true, ...simple("blockquote") },
    rule: { group: "block", parseDOM: [{ tag: "hr" }], toDOM: () => ["hr"] },
    bullet_list: { content: "list_item+", group: "block", ...simple("ul") },
    ordered_list: { content: "list_item+", group: "block", ...simple("ol") },
    list_item: { content: "paragraph block*", defining: true, ...simple("li") },
    ...tables,
    text: { group: "inline" },
    image: {
      inline: true, group: "inline", draggable: true, attrs: { src: {}, alt: { default: "" } },
      parseDOM: [{ tag: "img[src]", getAttrs: (dom) => ({ src: dom.getAttribute("src"), alt: dom.getAttribute("alt") || "" }) }],
      toDOM: (node) => ["img", { src: node.attrs.src, alt: node.attrs.alt }],
    },
    hard_break: { inline: true, group: "inline", selectable: false, parseDOM: [{ tag: "br" }], toDOM: () => ["br"] },
  },
  marks: {
    link: {
      attrs: { href: {} }, inclusive: false,
      parseDOM: [{ tag: "a[href]", getAttrs: (dom) => ({ href: dom.getAttribute("href") }) }],
      toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
    },
    strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
    em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
    underline: { ...simple("u") },
    strike: { ...simple("s") },
    sub: { excludes: "sup", ...simple("sub") },
    sup: { excludes: "sub", ...simple("sup") },
  },
});

const inserting = (rows, columns) => (state, dispatch) => {
  if (isInTable(state)) return false;
  const cell = (kind) => schema.nodes[kind].createAndFill();
  const line = (kind) => schema.nodes.table_row.create(null, Array.from({ length: columns }, () => cell(kind)));
  const table = schema.nodes.table.create(null, [line("table_header"), ...Array.from({ length: rows - 1 }, () => line("table_cell"))]);
  if (dispatch) dispatch(state.tr.replaceSelectionWith(table).scrollIntoView());
  return true;
};
const linking = (state, dispatch) => {
  const kind = schema.marks.link;
  if (state.selection.empty) return false;
  if (!dispatch) return true;
  if (state.doc.rangeHasMark(state.selection.from, state.selection.to, kind)) return toggleMark(kind)(state, dispatch);
  const href = window.prompt("链接地址（以 http:// 或 https:// 开头）", "https://");
  if (href && /^https?:\/\/[^\s"<>]+$/.test(href)) toggleMark(kind, { href })(state, dispatch);
  return true;
};
// To the middle, to the right, and back.
const standing = (side) => (state, dispatch) => {
  const found = [];
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, at) => {
    if (node.isTextblock && "side" in node.type.spec.attrs) found.push([node, at]);
  });
  if (!found.length) return false;
  if (dispatch) {
    const off = found.every(([node]) => node.attrs.side === side);
    const change = state.tr;
    for (const [node, at] of found) change.setNodeMarkup(at, null, { ...node.attrs, side: off ? null : side });
    dispatch(change);
  }
  return true;
};
const always = (command) => Object.assign(command, { everywhere: true });

const TOOLS = [
  [["正文", "正文段落", setBlockType(schema.nodes.paragraph)], ["一、", "一级标题", setBlockType(schema.nodes.heading2)], ["（一）", "二级标题", setBlockType(schema.nodes.heading3)], ["1.", "三级标题", setBlockType(schema.nodes.heading4)], ["居中", "居中，或者取消", standing("center")], ["居右", "居右（落款），或者取消", standing("right")]],
  [["加粗", "加粗（Ctrl+B）", toggleMark(schema.marks.strong)], ["下划线", "下划线（Ctrl+U）", toggleMark(schema.marks.underline)], ["上标", "上标", toggleMark(schema.marks.sup)], ["下标", "下标", toggleMark(schema.marks.sub)], ["链接", "给选中的文字加链接，或者去掉链接", linking]],
  [["列表", "项目符号", wrapInList(schema.nodes.bullet_list)], ["编号", "编号列表", wrapInList(schema.nodes.ordered_list)], ["引用", "引用段落", wrapIn(schema.nodes.blockquote)], ["移出", "移出列表或者引用", chainCommands(liftListItem(schema.nodes.list_item), lift)]],
  [["表格", "插入表格", inserting(3, 3)], ["加行", "在下面加一行", addRowAfter], ["加列", "在右面加一列", addColumnAfter], ["删行", "删去这一行", deleteRow], ["删列", "删去这一列", deleteColumn], ["合并", "合并选中的单元格", mergeCells], ["拆分", "拆分单元格", splitCell], ["表头", "首行作为表头，或者取消", toggleHeaderRow], ["删表", "删去整个表格", deleteTable]],
  [["撤销", "撤销（Ctrl+Z）", always(undo)], ["重做", "重做（Ctrl+Y）", always(redo)]],
];

function serialised(doc) {
  const holder = document.createElement("div");
  holder.appendChild(DOMSerializer.fromSchema(schema).serializeFragment(doc.content));
  return holder.innerHTML;
}

function parsed(html) {
  // A document of its own: nothing in it is loaded or run.
  const inert = new window.DOMParser().parseFromString(html, "text/html");
  return DOMParser.fromSchema(schema).parse(inert.body);
}

function upgrade(area) {
  const frame = document.createElement("div");
  frame.className = "rich";
  const bar = document.createElement("div");
  bar.className = "rich-bar";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "正文格式");
  const note = document.createElement("p");
  note.className = "rich-note";
  note.setAttribute("role", "status");
  const page = document.createElement("div");
  page.className = "rich-page";
  frame.append(bar, page, note);
  area.before(frame);
  area.hidden = true;

  const label = area.id ? document.querySelector(`label[for='${area.id}']`) : null;
  const buttons = [];
  const view = new EditorView(page, {
    state: EditorState.create({
      doc: parsed(area.value),
      plugins: [
        history(),
        keymap({
          "Mod-z": undo, "Mod-y": redo, "Shift-Mod-z": redo, "Mod-b": toggleMark(schema.marks.strong), "Mod-i": toggleMark(schema.marks.em), "Mod-u": toggleMark(schema.marks.underline),
          Enter: splitListItem(schema.nodes.list_item),
          Tab: chainCommands(goToNextCell(1), sinkListItem(schema.nodes.list_item)),
          "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(schema.nodes.list_item)),
          "Shift-Enter": chainCommands(exitCode, (state, dispatch) => {
            if (dispatch) dispatch(state.tr.replaceSelectionWith(schema.nodes.hard_break.create()).scrollIntoView());
            return true;
          }),
        }),
        keymap(baseKeymap),
        tableEditing(),
        dropCursor(),
        gapCursor(),
      ],
    }),
    // A picture is kept by its digest; on the screen it is fetched from the item's own files.
    nodeViews: {
      image(node) {
        const dom = document.createElement("img");
        const base = area.getAttribute("data-pictures");
        if (base && node.attrs.src.startsWith("attachment:")) dom.src = base + encodeURIComponent(node.attrs.src.slice(11)) + "/";
        dom.alt = node.attrs.alt || "图片";
        return { dom };
      },
    },
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": label ? label.textContent.trim() : "正文" },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      if (transaction.docChanged) {
        area.value = serialised(view.state.doc);
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }
      refresh();
    },
    handlePaste(_, event) {
      const html = event.clipboardData && event.clipboardData.getData("text/html");
      const address = area.getAttribute("data-paste");
      if (!html || !address) return false;
      const token = area.form && area.form.querySelector("[name='csrfmiddlewaretoken']");
      const body = new FormData();
      body.append("html", html);
      note.textContent = "正在清理粘贴的内容……";
      fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token ? token.value : "", "X-Requested-With": "fetch" } })
        .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
        .then((cleaned) => {
          const slice = DOMParser.fromSchema(schema).parseSlice(new window.DOMParser().parseFromString(cleaned.html, "text/html").body);
          view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView());
          note.textContent = cleaned.said || "";
          view.focus();
        })
        .catch(() => {
          const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
          if (text) view.dispatch(view.state.tr.insertText(text));
          note.textContent = "粘贴的格式没有清理成功，只粘贴了文字。请检查网络后再试。";
        });
      return true;
    },
  });

  function refresh() {
    for (const [button, command] of buttons) button.disabled = !command(view.state);
  }
  for (const group of TOOLS) {
    const set = document.createElement("div");
    set.className = "rich-set";
    for (const [word, what, command] of group) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "rich-tool";
      button.textContent = word;
      button.title = what;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        command(view.state, view.dispatch, view);
        view.focus();
      });
      set.append(button);
      buttons.push([button, command]);
    }
    bar.append(set);
  }
  if (label) label.addEventListener("click", () => view.focus());
  // Whoever wants to put a picture of the item into the text says so with an event.
  area.addEventListener("rich:picture", (event) => {
    const node = schema.nodes.image.create({ src: event.detail.src, alt: event.detail.alt || "" });
    view.dispatch(view.state.tr.replaceSelectionWith(node).scrollIntoView());
  });
  refresh();
}

document.addEventListener("DOMContentLoaded", () => {
  for (const area of document.querySelectorAll("textarea[data-rich]")) upgrade(area);
});
