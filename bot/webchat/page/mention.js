// @-completion, with the arrow keys or a finger.
import { $, h } from "./dom.js";
import { face } from "./words.js";
import { at, conv, world } from "./world.js";

let offered = [];
let chosen = 0;

// asked is what stands after the last @ before the cursor.
function asked() {
  const head = $("text").value.slice(0, $("text").selectionStart);
  return head.match(/[@＠]([^\s@＠]{0,12})$/);
}

export function offer() {
  const m = asked();
  const c = conv();
  if (!m || !c) return closePeople();
  const q = m[1].toLowerCase();
  const ids = c.direct ? [...world.people.keys()] : c.members;
  const people = [{ id: "bot", name: world.bot, title: "助手" }, ...ids.filter((id) => id !== at.me).map((id) => world.people.get(id))];
  offered = people.filter((p) => p.name.includes(m[1]) || p.id.startsWith(q) || p.title?.includes(m[1])).slice(0, 8);
  if (!offered.length || (offered.length === 1 && offered[0].name === m[1])) return closePeople();
  chosen = Math.min(chosen, offered.length - 1);
  $("people").replaceChildren(...offered.map((p, n) => h("li", {
    role: "option", id: "person" + n, "aria-selected": String(n === chosen), "data-test": "person",
    on: { pointerdown: (e) => { e.preventDefault(); complete(n); } },
  }, face(p.id === "bot" ? "" : p.id), h("strong", null, p.name), h("span", null, p.title || ""))));
  $("people").hidden = false;
  $("text").setAttribute("aria-expanded", "true");
  $("text").setAttribute("aria-activedescendant", "person" + chosen);
  $("person" + chosen).scrollIntoView({ block: "nearest" });
}

export function closePeople() {
  offered = [];
  chosen = 0;
  $("people").hidden = true;
  $("text").setAttribute("aria-expanded", "false");
  $("text").removeAttribute("aria-activedescendant");
}

function complete(n) {
  const t = $("text");
  const m = asked();
  const start = t.selectionStart - m[0].length;
  t.setRangeText(`@${offered[n].name} `, start, t.selectionStart, "end");
  t.dispatchEvent(new Event("input")); // there is nothing to complete any more
  t.focus();
}

// completes takes a key while people are offered, and reports whether it did.
export function completes(key) {
  if (!offered.length) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (step) {
    chosen = (chosen + step + offered.length) % offered.length;
    offer();
  } else if (key === "Enter" || key === "Tab") complete(chosen);
  else if (key === "Escape") closePeople();
  else return false;
  return true;
}

$("at").addEventListener("click", () => {
  const t = $("text");
  t.focus();
  t.setRangeText("@", t.selectionStart, t.selectionEnd, "end");
  offer();
});
$("text").addEventListener("click", offer);
$("text").addEventListener("blur", closePeople);
