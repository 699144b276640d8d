// Words as they are shown: faces, level dots, thumbs, names and addresses that stand out.
import { h } from "./dom.js";
import { at, nameOf, world } from "./world.js";

export function face(person) {
  if (!person) return h("img", { class: "face", src: document.querySelector("link[rel=icon]").getAttribute("href"), alt: "", "aria-hidden": "true" });
  let tint = 0;
  for (const c of person) tint = (tint * 7 + c.codePointAt(0)) % 6;
  return h("span", { class: "face tint" + tint, "aria-hidden": "true" }, [...nameOf(person)].slice(-2).join(""));
}

// Level dots and thumbs are drawn: not every machine has a font for them. The sign itself stays, for copying.
const signs = { "🔴": "dot1", "🟠": "dot2", "🟡": "dot3", "🔵": "dot4", "⚪": "dot0" };

export function drawn(text) {
  return text.split(/([🔴🟠🟡🔵⚪👍])/u).map((part, n) => {
    if (n % 2 === 0) return part;
    if (part === "👍") return h("span", { role: "img", "aria-label": "赞" }, thumb());
    return h("span", { class: "dot " + signs[part], "aria-hidden": "true" }, h("i", null, part));
  });
}

export function thumb() {
  const draw = (tag, props) => { const n = document.createElementNS("http://www.w3.org/2000/svg", tag); for (const [k, v] of Object.entries(props)) n.setAttribute(k, v); return n; };
  const svg = draw("svg", { viewBox: "0 0 24 24", class: "thumb-up", "aria-hidden": "true" });
  svg.append(draw("path", { d: "M7.5 11v9H4v-9zM7.5 11l3.7-7.6c1.6 0 2.6 1.1 2.4 2.7L13 9.5h5.1c1.3 0 2.2 1.2 1.9 2.4l-1.6 6.5a2.1 2.1 0 0 1-2 1.6H7.5" }));
  return svg;
}

const literal = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); // for a regular expression

// rich turns text into nodes: names after @ and addresses stand out.
export function rich(text) {
  const names = [world.bot, ...[...world.people.values()].map((p) => p.name)].filter(Boolean);
  names.sort((a, b) => b.length - a.length);
  const quoted = names.map(literal);
  const parts = text.split(new RegExp(`([@＠](?:${quoted.join("|")})|https?://[\\x21-\\x7e]+)`));
  const mine = nameOf(at.me);
  return parts.map((part, n) => {
    if (n % 2 === 0) return drawn(part);
    if (part.startsWith("http")) return h("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part);
    return h("span", { class: part.slice(1) === mine ? "mention mine" : "mention" }, part);
  });
}

// gist is a message in one line; titleOf is what a topic is called by its first.
export const gist = (l) => (l.card ? l.card.title || l.card.head : l.text || (l.files?.length ? (l.files[0].kind === "image" ? "［图片］" : "［文件］") : "")).replace(/\s+/g, " ");
export const titleOf = (l) => gist(l).replace(new RegExp(`^[@＠]${literal(world.bot)}\\s*`), "").slice(0, 60) || "话题";

export function count(n) {
  return n ? h("b", { class: "count", "aria-label": `${n}条未读` }, n > 99 ? "99+" : String(n)) : null;
}
