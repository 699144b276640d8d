// The registry beside the conversation. What has just changed is lit for a while.
import { $, arrange, h } from "./dom.js";
import { setClock } from "./clock.js";
import { go } from "./screen.js";
import { ask, fields } from "./server.js";
import { countDown, left } from "./time.js";
import { drawn, rich } from "./words.js";
import { at, conv, screen, world } from "./world.js";

const levels = { I: "🔴 红/一级（I）", II: "🟠 橙/二级（II）", III: "🟡 黄/三级（III）", IV: "🔵 蓝/四级（IV）" };
const rank = { I: 1, II: 2, III: 3, IV: 4 };
const before = new Map(); // number: what the entry said
const lit = new Map(); // what has just changed, and until when it is lit
let asideSoon;

export function refreshAside() {
  if (!$("entry") || asideSoon) return;
  asideSoon = setTimeout(async () => {
    asideSoon = null;
    const key = screen();
    try {
      const a = await ask("aside?" + fields({ in: at.in, topic: at.topic }));
      if (key !== screen()) return;
      setClock(a.clock);
      renderAside(a);
    } catch (e) {
      if (key === screen()) $("sheet").replaceChildren(h("p", { class: "none" }, e.message));
    }
  }, 200);
}

function renderAside({ entry, recent }) {
  const others = recent.filter((e) => e.number !== entry?.number);
  const items = [];
  const put = (key, sig, make) => items.push({ key, sig: [at.me, JSON.stringify(sig)], make });
  if (entry) put(entry.number, entry, () => entryNode(entry));
  else if (at.in && recent.length && !conv()?.direct) put("none", at.topic, () => h("p", { class: "none" }, at.topic ? "这个话题还没有登记。" : "打开一个话题，这里显示它的登记。"));
  if (others.length) {
    put("part", !!entry, () => h("h3", { class: "part" }, entry ? "其他登记" : "最近登记"));
    put("recent", others, () => h("ul", { class: "recent" }, others.map(recentNode)));
  }
  if (!entry && !recent.length) put("empty", null, () => h("div", { class: "none" }, h("p", null, "登记好的事会出现在这里。"), h("p", null, `在群里说“@${world.bot} 上报”，答完几个问题就登记好了。`)));
  arrange($("sheet"), items);
  countDown($("sheet"));
  $("to-entry").classList.toggle("has", !!entry);
}

function changed(entry, label, value) {
  const was = before.get(entry.number);
  const key = entry.number + " " + label;
  if (was && was.get(label) !== value) lit.set(key, Date.now() + 8000);
  return (lit.get(key) || 0) > Date.now();
}

function entryNode(e) {
  const now = new Map([["状态", e.state], ["级别", e.level], ...(e.rows || []).map((r) => [r.label, r.value]), ...(e.verdicts || []).map((v) => ["判定" + v.label, v.result])]);
  const tone = (t) => (t ? ` ${t}` : "");
  const mark = (label, value) => (changed(e, label, value) ? " lit" : "");
  const node = h("section", { class: "incident", "aria-label": e.number },
    h("p", { class: `level level${rank[e.level] || 0}${mark("级别", e.level)}` }, drawn(levels[e.level] || "⚪ 未定级")),
    h("h3", null, e.title || e.number),
    h("p", { class: "no" }, h("span", null, e.number), e.state && h("span", { class: "state" + mark("状态", e.state) }, e.state)),
    e.clock && h("p", { class: "due", "data-test": "due" }, e.clock, left(e.due)),
    e.rows?.length > 0 && h("dl", null, e.rows.map((r) => h("div", { class: "pair" + mark(r.label, r.value) }, h("dt", null, r.label), h("dd", { class: tone(r.tone) }, rich(r.value))))),
    e.verdicts?.length > 0 && h("div", { class: "verdicts" }, h("h4", null, "时限"), h("ul", null, e.verdicts.map((v) => h("li", { class: tone(v.tone) + mark("判定" + v.label, v.result) }, h("span", null, v.label), h("strong", null, v.result), v.detail && h("small", null, v.detail))))),
    e.url && h("a", { class: "plain", href: e.url }, "看全部"));
  before.set(e.number, now);
  if (node.querySelector(".lit")) setTimeout(() => { for (const n of node.querySelectorAll(".lit")) n.classList.remove("lit"); }, 8000);
  return node;
}

function recentNode(e) {
  const inside = [
    h("span", { class: "top" }, h("strong", null, drawn(`${[...(levels[e.level] || "⚪")][0]} ${e.title || e.number}`))),
    h("span", { class: "top" }, h("span", { class: "gist" }, e.number), e.state && h("span", { class: "state" }, e.state)),
    e.clock && h("span", { class: "due" }, e.clock, left(e.due))];
  return h("li", null, e.conv
    ? h("button", { type: "button", class: "brief", on: { click: () => go({ in: e.conv, topic: e.thread || "" }) } }, inside)
    : h("div", { class: "brief" }, inside));
}

$("to-entry").addEventListener("click", () => go({ entry: true }));
$("entry-back")?.addEventListener("click", () => go({}));
