// What a screen reader says.
import { $ } from "./dom.js";
import { gist } from "./words.js";
import { at, nameOf, shown, world } from "./world.js";

// announce tells a screen reader what others say in the open conversation, and who calls elsewhere. The log
// itself is silent: its messages are drawn anew for a read mark, too.
let heard = [];
let announceSoon;
export function announce(l) {
  if (l.sender === at.me) return;
  const here = shown().includes(l);
  if (!here && !l.mentions?.includes(at.me)) return;
  const where = here ? "" : `${world.convs.find((c) => c.id === l.conv)?.name || ""}，@了您，`;
  heard.push(`${where}${nameOf(l.sender)}：${(l.text || gist(l)).replace(/\s+/g, " ").slice(0, 300)}`);
  announceSoon ||= setTimeout(() => { announceSoon = null; $("heard").textContent = heard.slice(-3).join("。"); heard = []; }, 400);
}
