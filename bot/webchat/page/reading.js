// Read marks: what was on the screen is read.
import { $ } from "./dom.js";
import { renderList } from "./list.js";
import { nearEnd, scrolled } from "./scroll.js";
import { ask } from "./server.js";
import { seen, world } from "./world.js";

let toRead = [];
let readSoon;
const reading = new IntersectionObserver((entries) => {
  for (const e of entries) {
    if (!e.isIntersecting || document.visibilityState !== "visible") continue;
    if (e.intersectionRatio < 0.5 && e.intersectionRect.height < 160) continue;
    readLine(e.target);
  }
  readAbove();
}, { root: $("log"), threshold: [0, 0.1, 0.25, 0.5, 0.75, 1] });

// readAbove: at the end of a conversation all that stands above has been read, too.
function readAbove() {
  if (nearEnd(4) && document.visibilityState === "visible") for (const node of $("log").querySelectorAll("[data-unread]")) readLine(node);
  if (toRead.length) readSoon ||= setTimeout(flushRead, 250);
}

function readLine(node) {
  const id = node.dataset.line;
  reading.unobserve(node);
  node.removeAttribute("data-unread");
  const line = world.lines.get(id);
  if (!line || seen.has(id)) return;
  seen.add(id);
  line.unread = false;
  toRead.push(id);
}

function flushRead() {
  readSoon = null;
  const ids = toRead;
  toRead = [];
  renderList();
  const me = world.me;
  const body = new URLSearchParams({ me });
  for (const id of ids) body.append("id", id);
  ask("read", body).catch(() => {
    if (world.me !== me) return;
    toRead.push(...ids); // what was read while the line was down is told later
    readSoon ||= setTimeout(flushRead, 5000);
  });
}

// watchUnread looks at what is new in the log, once more at what it looks at already.
export function watchUnread() {
  for (const node of $("log").querySelectorAll("[data-unread]")) { reading.unobserve(node); reading.observe(node); }
}

// readNow tells the server at once: the next one to look is somebody else.
export function readNow() {
  if (!readSoon) return;
  clearTimeout(readSoon);
  flushRead();
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") watchUnread(); });
$("log").addEventListener("scroll", () => { if (scrolled()) readAbove(); }, { passive: true });
