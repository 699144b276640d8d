// Time as people say it. The server sends what the clock on the wall shows.
import { h } from "./dom.js";

const two = (n) => String(n).padStart(2, "0");
export const hour = (ms) => { const d = new Date(ms); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; };
export const day = (ms) => { const d = new Date(ms); return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 周${"日一二三四五六"[d.getUTCDay()]}`; };

export function later(ms) {
  const minutes = Math.round(ms / 60000);
  if (minutes < 60) return `${minutes}分钟后`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)}小时${minutes % 60 ? (minutes % 60) + "分钟" : ""}后`;
  return `${Math.round(minutes / 1440)}天后`;
}

// span is a length of time as the bot says it.
function span(ms) {
  const m = Math.floor(ms / 60000), hours = Math.floor(m / 60);
  if (m < 1) return "不到1分钟";
  if (m < 60) return `${m}分钟`;
  if (hours < 24) return m % 60 ? `${hours}小时${m % 60}分` : `${hours}小时`;
  return hours % 24 ? `${Math.floor(hours / 24)}天${hours % 24}小时` : `${hours / 24}天`;
}

export let clock = { now: 0, speed: 1 };
let clockSince = performance.now();

// setTime is what the server says the time is, and how fast it runs.
export function setTime(c) {
  clock = c;
  clockSince = performance.now();
}

const exactly = () => clock.now + (performance.now() - clockSince) * clock.speed;

// now is what the clock on the wall shows, whole minutes only.
export const now = () => Math.floor(exactly() / 60000) * 60000;

// age and left are written anew as time passes.
export const age = (since) => (since ? h("span", { class: "age", "data-since": since }) : null);
export const left = (due) => (due ? h("span", { class: "left", "data-due": due }) : null);

export function countDown(within) {
  const t = now();
  const write = (node, text) => { if (node.textContent !== text) node.textContent = text; };
  for (const node of within.querySelectorAll("[data-since]")) {
    const old = t - Math.floor(node.dataset.since / 60000) * 60000;
    write(node, old < 60000 ? "刚刚" : span(old) + "前");
  }
  for (const node of within.querySelectorAll("[data-due]")) {
    const rest = Math.floor(node.dataset.due / 60000) * 60000 - t;
    write(node, rest > 0 ? "还有" + span(rest) : rest < 0 ? "已超" + span(-rest) : "现在到期");
    node.parentNode.classList.toggle("over", rest < 0);
  }
}
