// What somebody wrote, on its way to the server.
import { h } from "./dom.js";
import { go, redraw } from "./screen.js";
import { stay } from "./scroll.js";
import { ask, toast } from "./server.js";
import { face, rich } from "./words.js";
import { at, conv, world } from "./world.js";

export let pending = []; // on their way, or not sent

let sent = 0;
const page = `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`; // so that keys of two pages differ
export async function send(text, with_, key = `${page}-${sent + 1}`) {
  const p = { id: ++sent, key, in: at.in, topic: at.topic, text, files: with_, me: at.me };
  pending.push(p);
  stay();
  redraw(true);
  const body = new FormData();
  for (const [k, v] of Object.entries({ me: p.me, in: p.in, topic: p.topic, text, key })) body.append(k, v);
  for (const f of with_) body.append("file", f, f.name || "图片.png");
  try {
    const answer = await ask("say", body);
    if (answer.toast) toast(answer.toast);
    pending = pending.filter((o) => o !== p);
    const still = at.me === p.me && at.in === p.in && !at.topic;
    if (still && conv()?.topics && answer.topic && await arrived(answer.topic)) return go({ topic: answer.topic });
  } catch (e) {
    p.failed = true;
    p.why = e.message;
  }
  redraw();
}

// delivered takes out what has come back as a line, even if its answer was lost.
export function delivered(line) {
  pending = pending.filter((p) => p.key !== line.key);
}

// settlePending drops what a fresh picture of the world already holds.
export function settlePending() {
  const held = new Set([...world.lines.values()].filter((l) => l.sender === at.me).map((l) => l.key));
  pending = pending.filter((p) => p.failed && !held.has(p.key));
}

// arrived waits a moment for a line the server has just spoken of.
async function arrived(id) {
  for (let n = 0; n < 20 && !world.lines.has(id); n++) await new Promise((next) => setTimeout(next, 50));
  return world.lines.has(id);
}

export function unsent(p) {
  const again = () => { pending = pending.filter((o) => o !== p); send(p.text, p.files, p.key); };
  const drop = () => { pending = pending.filter((o) => o !== p); redraw(); };
  return h("article", { class: "line mine pending" }, face(at.me), h("div", { class: "said" },
    p.text && h("div", { class: "bubble" }, rich(p.text)),
    p.files.length > 0 && h("p", { class: "bubble" }, `［${p.files.length}个文件］`),
    h("div", { class: "foot" }, p.failed
      ? [h("span", { class: "unheard failed", role: "alert" }, "没有发出去：" + p.why), h("button", { type: "button", class: "act on", on: { click: again } }, "重发"), h("button", { type: "button", class: "act on", on: { click: drop } }, "删掉")]
      : h("span", { class: "unheard" }, "正在发…"))));
}
