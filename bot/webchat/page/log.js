// The open conversation.
import { $, arrange, h } from "./dom.js";
import { renderList } from "./list.js";
import { message, under } from "./message.js";
import { pending, send, unsent } from "./outbox.js";
import { watchUnread } from "./reading.js";
import { nearEnd, showFrom, stays, toEnd } from "./scroll.js";
import { countDown, day, hour, later } from "./time.js";
import { renderTopics } from "./topics.js";
import { drawn, face, titleOf } from "./words.js";
import { at, conv, inConv, shown, unreadOf, world } from "./world.js";

let marked = ""; // the first line that was unread when the conversation was opened

export function render(arrived) {
  renderList();
  const c = conv();
  document.body.dataset.view = at.entry ? "entry" : !at.in ? "list" : at.topic ? "topic" : "conv";
  $("tab-list")?.setAttribute("aria-current", at.entry ? "false" : "page");
  $("tab-entry")?.setAttribute("aria-current", at.entry ? "page" : "false");
  renderTopics(c);
  if (!c) return;
  const root = world.lines.get(at.topic);
  $("where").replaceChildren(...drawn(root ? titleOf(root) : c.name));
  $("about").textContent = root ? `${c.name} · 话题` : c.direct ? "只有您和助手" : `${c.members.length}人${c.platform === "wecom" ? " · 企业微信" : ""}`;
  $("text").placeholder = root ? "回复这个话题" : c.direct ? `和${c.name}说` : c.topics ? `发新话题，或@${world.bot}` : `@${world.bot}，它才听得到`;
  const log = $("log");
  arrange(log, rows(c));
  countDown(log);
  if (arrived && stays) toEnd();
  if (arrived && !stays && unreadOf(shown())) $("newer").hidden = false;
  watchUnread();
}

// rows are the lines with what stands between them: times, the mark of what is new.
function rows(c) {
  const out = [];
  let before = null;
  const lines = shown();
  for (const l of lines) {
    const gap = before ? l.at - before.at : Infinity;
    if (gap >= 20 * 60000) {
      const label = !before ? `${day(l.at)} ${hour(l.at)}` : day(before.at) === day(l.at) ? `${later(gap)} · ${hour(l.at)}` : `${later(gap)} · ${day(l.at)} ${hour(l.at)}`;
      out.push({ key: "t" + l.id, sig: [label], make: () => h("p", { class: "gap" }, label) });
    }
    if (l.id === marked && before) out.push({ key: "since", sig: [], make: () => h("p", { class: "gap since" }, "以下是新消息") });
    const follows = before && before.sender === l.sender && gap < 5 * 60000 && l.id !== marked;
    const quoted = l.reply_to && before?.id !== l.reply_to && l.reply_to !== at.topic ? world.lines.get(l.reply_to) : null;
    const thread = !at.topic && c.threads ? inConv(c).filter((o) => o.thread === l.id && o.id !== l.id) : [];
    out.push({
      key: l.id, sig: [l.body, follows, quoted, at.me, at.topic], make: () => message(l, { follows, quoted }),
      late: [l, thread.length, thread.at(-1), unreadOf(thread)], put: (node) => under(node, c, l, thread),
    });
    before = l;
  }
  for (const p of pending.filter((p) => p.me === at.me && p.in === c.id && p.topic === at.topic)) {
    out.push({ key: "p" + p.id, sig: [p.failed, p.why], make: () => unsent(p) });
  }
  if (!out.length) out.push({ key: "empty", sig: [c.id, at.me], make: () => welcome(c) });
  return out;
}

function welcome(c) {
  const start = c.direct ? "上报" : `@${world.bot} 上报`;
  return h("div", { class: "welcome" }, face(""),
    h("p", null, c.direct ? `这里是您和${world.bot}单独说话的地方。` : `这里是“${c.name}”。`),
    h("p", null, "看到对公司不利的消息，说一声就行，助手会一步步问清楚。"),
    h("p", null, "随时可以在“我是…”里换一个人，看看他收到什么。"),
    h("button", { type: "button", class: "primary", on: { click: () => send(start, []) } }, "开始一次上报"));
}

// enter shows the screen from its first line that is new, or from the last one that calls.
export function enter() {
  marked = shown().find((l) => l.unread)?.id || "";
  render();
  const log = $("log");
  const called = shown().findLast((l) => l.unread && l.mentions?.includes(at.me));
  showFrom(called ? log.querySelector(`[data-line="${called.id}"]`) : marked && (log.querySelector(".since") || log.firstChild));
  $("newer").hidden = !marked || nearEnd(90);
}
