// Cards: what the bot shows and lets people do.
import { h } from "./dom.js";
import { fileNode } from "./files.js";
import { stay, toEnd } from "./scroll.js";
import { post } from "./server.js";
import { age, left } from "./time.js";
import { drawn, rich } from "./words.js";

let lists = 0;

// sheet is the fields of a card with the button that sends them.
function sheet(f, send) {
  const fields = f.inputs.map((i) => {
    const first = i.value?.[0] || "";
    let control, usual;
    if (i.kind === "choice") {
      control = h("select", { name: i.key }, h("option", { value: "" }, "请选"), (i.options || []).map((o) => h("option", { value: o, selected: o === first }, o)));
    } else if (i.kind === "choices") {
      control = h("span", { class: "picks", role: "group", "aria-label": i.label }, (i.options || []).map((o) =>
        h("label", null, h("input", { type: "checkbox", name: i.key, value: o, checked: (i.value || []).includes(o) }), o)));
    } else {
      control = h(i.kind === "area" ? "textarea" : "input", { name: i.key, value: first, placeholder: i.hint, maxlength: "500", autocomplete: "off" });
      control.value = first;
      if (i.options) { // what is usual; anything else can be written
        usual = h("datalist", { id: `usual-${++lists}` }, i.options.map((o) => h("option", { value: o })));
        control.setAttribute("list", usual.id);
      }
    }
    return h(i.kind === "choices" ? "div" : "label", { class: "field" }, h("span", null, i.label), control, usual, i.error && h("em", { role: "alert" }, i.error));
  });
  const button = h("button", { type: "submit", class: "primary", "data-test": "btn" }, f.submit.label);
  return h("form", { class: "fill", "data-test": "sheet", on: { submit: async (e) => {
    e.preventDefault();
    const out = {};
    for (const [k, v] of new FormData(e.target)) if (v) out[k] = out[k] ? out[k] + "、" + v : v;
    button.disabled = true;
    await send(out);
    button.disabled = false;
  } } }, fields, h("div", { class: "buttons" }, button));
}

export function card(l) {
  const c = l.card;
  const press = (b, node) => async () => {
    if (node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true"); // disabling it would lose the focus
    stay();
    const answer = await post("press", { id: l.id, label: b.label });
    node.removeAttribute("aria-busy");
    if (answer) toEnd();
  };
  const button = (b) => {
    const node = h("button", { type: "button", class: b.primary ? "primary" : "plain", "data-test": "btn" }, b.label);
    node.addEventListener("click", press(b, node));
    return node;
  };
  const form = c.form && !c.stale && !l.dead && sheet(c.form, (fields) => post("press", { id: l.id, label: c.form.submit.label, fields: JSON.stringify(fields) }));
  const buttons = c.stale || l.dead ? [] : (c.buttons || []).map(button);
  return h("section", { class: `card level${c.level || 0}${c.stale ? " stale" : ""}`, "aria-label": c.head },
    h("h3", null, h("span", null, drawn(c.head)), !c.stale && age(l.since)),
    h("div", { class: "body" },
      c.title && h("p", { class: "title" }, c.title),
      (c.lines || []).map((line) => h("p", null, rich(line))),
      c.facts?.length > 0 && h("dl", null, c.facts.map((f) => [h("dt", null, f.label), h("dd", null, rich(f.value))])),
      c.who && h("p", { class: "who" }, rich(c.who)),
      c.clock && h("p", { class: c.overdue && !l.due ? "due over" : "due" }, drawn(c.clock), left(l.due)),
      c.images?.length > 0 && h("div", { class: "files" }, c.images.map(fileNode)),
      form,
      c.stale && h("p", { class: "done" }, c.stale),
      buttons.length > 0 && h("div", { class: "buttons" }, buttons.slice(0, 3), buttons.length > 3 && h("details", null, h("summary", null, "更多"), buttons.slice(3))),
      c.foot && !c.stale && h("p", { class: "hint" }, c.foot)));
}
