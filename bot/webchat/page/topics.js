// The topics of a group, beside an open one on a wide screen.
import { $, arrange, h } from "./dom.js";
import { go } from "./screen.js";
import { hour } from "./time.js";
import { count, drawn, gist, titleOf } from "./words.js";
import { at, inConv, nameOf, unreadOf } from "./world.js";

export function renderTopics(c) {
  const list = at.topic && c?.threads;
  $("topics").hidden = !list;
  if (!list) return;
  const roots = inConv(c).filter((l) => !l.thread || l.thread === l.id);
  const items = [{ key: "head", sig: [c.id], make: () => h("header", { class: "bar" }, h("div", { class: "names" }, h("h2", null, c.name)), h("button", { type: "button", class: "plain", on: { click: () => go({ topic: "" }) } }, c.topics ? "发新话题" : "全部消息")) }];
  for (const l of roots.toReversed()) {
    const lines = inConv(c).filter((o) => o.id === l.id || o.thread === l.id);
    if (!c.topics && lines.length < 2 && l.id !== at.topic) continue;
    items.push({
      key: l.id, sig: [lines.at(-1), unreadOf(lines), l.id === at.topic],
      make: () => h("button", { type: "button", class: "topic", "data-topic": l.id, "aria-current": l.id === at.topic ? "true" : false, on: { click: () => go({ topic: l.id }) } },
        h("span", { class: "top" }, h("strong", null, drawn(titleOf(l))), h("time", null, hour(lines.at(-1).at))),
        h("span", { class: "top" }, h("span", { class: "gist" }, lines.length > 1 ? drawn(`${nameOf(lines.at(-1).sender)}：${gist(lines.at(-1))}`) : `${nameOf(l.sender)} 发起`), count(unreadOf(lines)))),
    });
  }
  arrange($("topics"), items);
}
