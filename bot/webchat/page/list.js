// The list of conversations.
import { $, arrange, h } from "./dom.js";
import { go } from "./screen.js";
import { hour } from "./time.js";
import { count, drawn, face, gist } from "./words.js";
import { at, conv, inConv, nameOf, unreadOf, world } from "./world.js";

export function renderList() {
  let all = 0;
  arrange($("convs"), world.convs.map((c) => {
    const lines = inConv(c);
    const last = lines.at(-1);
    const unread = unreadOf(lines);
    const called = lines.some((l) => l.unread && l.mentions?.includes(at.me));
    const here = conv()?.id === c.id;
    all += unread;
    return {
      key: c.id, sig: [last, unread, called, here, at.me],
      make: () => h("li", null, h("button", {
        type: "button", class: "conv", "data-test": "conv-" + c.id, "aria-current": here ? "true" : false,
        on: { click: () => go({ in: c.id, topic: "" }) },
      },
      c.direct ? face("") : h("span", { class: "face group", "aria-hidden": "true" }, [...c.name][0]),
      h("span", { class: "what" },
        h("span", { class: "top" }, h("strong", null, c.name), last && h("time", null, hour(last.at))),
        h("span", { class: "top" },
          h("span", { class: "gist" }, called && h("em", null, "［有人@我］"), last ? drawn(`${last.sender === at.me ? "我" : nameOf(last.sender)}：${gist(last)}`) : c.direct ? "和助手单独说" : "还没有消息"),
          count(unread))))),
    };
  }));
  if ($("tab-count")) { $("tab-count").hidden = !all; $("tab-count").textContent = all; }
  document.title = (all ? `(${all}) ` : "") + document.body.dataset.title;
}

$("tab-list")?.addEventListener("click", () => go({ in: "", topic: "" }));
$("tab-entry")?.addEventListener("click", () => go({ in: "", topic: "", entry: true }));
