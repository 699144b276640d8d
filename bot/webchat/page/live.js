// Living on: the whole picture once, then every line that is new or has changed.
import { $, h } from "./dom.js";
import { announce } from "./announce.js";
import { setClock } from "./clock.js";
import { delivered, settlePending } from "./outbox.js";
import { readNow } from "./reading.js";
import { refreshAside } from "./registry.js";
import { leave, redraw, settle, show, stand } from "./screen.js";
import { ask, toast } from "./server.js";
import { face } from "./words.js";
import { at, known, nameOf, seen, world } from "./world.js";

let source = null;
let loads = 0;

// load begins anew, as the person chosen.
export async function load() {
  const mine = ++loads;
  source?.close();
  readNow();
  let s;
  try {
    s = await ask("state?" + new URLSearchParams({ me: at.me }));
    if (mine !== loads) return;
  } catch (e) {
    if (mine !== loads) return;
    toast(e.message);
    setTimeout(load, 3000);
    return;
  }
  at.me = s.me;
  leave(); // what was typed meanwhile stays
  Object.assign(world, { me: s.me, bot: s.bot, convs: s.convs, people: new Map(s.people.map((p) => [p.id, p])), lines: new Map(s.lines.map((l) => [l.id, known(l)])) });
  if (mine === 1 && !at.in && !s.lines.length && s.convs.length) at.in = s.convs[0].id; // the first visit begins with a welcome
  settle();
  settlePending();
  seen.clear();
  $("toast").hidden = true;
  $("me").value = at.me;
  $("me-face").replaceWith(Object.assign(face(at.me), { id: "me-face" }));
  $("me-name").replaceChildren(nameOf(at.me), h("small", null, world.people.get(at.me).title || ""));
  setClock(s.clock || { now: s.now, speed: 1 });
  stand();
  show();
  listen(s.after);
}

function listen(after) {
  source = new EventSource("/chat/events?" + new URLSearchParams({ me: at.me, after }));
  const mine = source;
  mine.onopen = () => { $("offline").hidden = true; };
  mine.onerror = () => {
    $("offline").hidden = false;
    if (mine.readyState === EventSource.CLOSED && mine === source) setTimeout(load, 3000);
  };
  mine.addEventListener("reset", load);
  mine.addEventListener("clock", (e) => { setClock(JSON.parse(e.data)); refreshAside(); });
  mine.addEventListener("line", (e) => take(JSON.parse(e.data)));
}

let fresh = false; // among what is to be drawn there is a new message
let dirty = false;
function take(line) {
  const isNew = !world.lines.has(line.id);
  if (seen.has(line.id)) line.unread = false;
  world.lines.set(line.id, known(line));
  if (isNew && line.sender === at.me) delivered(line);
  if (!world.convs.some((c) => c.id === line.conv)) return void load(); // a private chat on another platform began
  fresh ||= isNew;
  if (isNew) announce(line);
  if (dirty) return;
  dirty = true;
  requestAnimationFrame(() => { const arrived = fresh; dirty = fresh = false; redraw(arrived); });
  refreshAside();
}
