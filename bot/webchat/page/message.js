// One message of a conversation, with what stands under it.
import { card } from "./card.js";
import { $, h, swap } from "./dom.js";
import { fileNode } from "./files.js";
import { go } from "./screen.js";
import { post } from "./server.js";
import { hour } from "./time.js";
import { count, drawn, face, gist, rich, thumb } from "./words.js";
import { at, nameOf, seen, unreadOf } from "./world.js";

export function message(l, { follows, quoted }) {
  const mine = l.sender === at.me;
  const called = l.mentions?.includes(at.me);
  return h("article", {
    "aria-label": `${nameOf(l.sender)} ${hour(l.at)}`,
    class: `line${mine ? " mine" : ""}${follows ? " follows" : ""}${called ? " called" : ""}${l.sender ? "" : " bot"}`,
    "data-line": l.id, "data-sender": l.sender || "bot",
  },
  face(l.sender),
  h("div", { class: "said" },
    h("p", { class: "by" }, h("span", null, nameOf(l.sender)), called && h("em", null, "@了我"), l.urgent?.length > 0 && h("em", { class: "urgent" }, "加急 " + l.urgent.map(nameOf).join("、")), h("time", null, hour(l.at))),
    quoted && h("p", { class: "quote" }, drawn(`${nameOf(quoted.sender)}：${gist(quoted).slice(0, 60)}`)),
    l.card ? card(l) : l.text && h("div", { class: "bubble" }, rich(l.text)),
    l.files?.length > 0 && h("div", { class: "files" }, l.files.map(fileNode)),
    h("div", { class: "under" })));
}

// under puts the answers and the quiet row under a message.
export function under(node, c, l, thread) {
  node.toggleAttribute("data-unread", !!l.unread && !seen.has(l.id));
  swap(node.querySelector(".under"), h("div", { class: "under" },
    thread.length > 0 && h("button", { type: "button", class: "replies", "data-test": "topic", on: { click: () => go({ in: c.id, topic: l.id }) } },
      h("strong", null, `${thread.length}条回复`), h("span", { class: "gist" }, drawn(`${nameOf(thread.at(-1).sender)}：${gist(thread.at(-1))}`)), count(unreadOf(thread))),
    foot(c, l, l.sender === at.me, thread)));
}

// foot is the quiet row under a message: reactions, who has read it, whether the bot heard it.
function foot(c, l, mine, thread) {
  const liked = l.reactions?.find((r) => r.emoji === "👍");
  const iLike = liked?.people.includes(at.me);
  const like = () => post("react", { id: l.id, emoji: "👍" });
  const readers = (l.readers || []).filter((p) => p !== l.sender);
  const names = h("span", { class: "names", hidden: true }, readers.map(nameOf).join("、"));
  return h("div", { class: "foot" },
    liked && h("button", { type: "button", class: "chip", "data-test": "like", "aria-pressed": String(!!iLike), "aria-label": `点赞：${liked.people.map(nameOf).join("、")}`, on: { click: like } }, thumb(), liked.people.map(nameOf).join("、")),
    c.reacts && !liked && h("button", { type: "button", class: "act", "data-test": "like", "aria-label": "点赞", on: { click: like } }, thumb()),
    c.threads && !at.topic && !thread.length && h("button", { type: "button", class: "act", "data-test": "reply", on: { click: () => { go({ in: c.id, topic: l.id }); $("text").focus(); } } }, "回复"),
    l.unheard && h("span", { class: "unheard" }, l.unheard),
    !c.direct && (mine || !l.sender) && readers.length > 0 && h("button", { type: "button", class: "act read", "data-test": "readers", "aria-expanded": "false", on: { click: (e) => { names.hidden = !names.hidden; e.currentTarget.setAttribute("aria-expanded", String(!names.hidden)); } } }, `${readers.length}人已读`),
    c.direct && mine && !l.unheard && h("span", { class: "unheard" }, "已送达"),
    names);
}
