// Where the conversation is scrolled to. The latest message is kept in sight until somebody scrolls away.
import { $ } from "./dom.js";

export let stays = true;
let height = 0; // where the log was scrolled to; only scrolling up is leaving, growth is not

// nearEnd reports whether the latest message is in sight, or nearly.
export const nearEnd = (slack) => { const l = $("log"); return l.scrollHeight - l.scrollTop - l.clientHeight < slack; };

// stay: who acts waits for the answer, which comes at the end.
export const stay = () => { stays = true; };
export const toEnd = () => { stay(); $("log").scrollTop = $("log").scrollHeight; height = $("log").scrollTop; };

// showFrom begins a screen at a node, or at its end.
export function showFrom(node) {
  const log = $("log");
  log.scrollTop = node ? node.offsetTop - log.offsetTop - 8 : log.scrollHeight;
  stays = nearEnd(90);
  height = log.scrollTop;
}

// scrolled takes note of a move and reports whether it led to the end.
export function scrolled() {
  const top = $("log").scrollTop;
  const end = nearEnd(90);
  if (end) stays = true;
  else if (top < height - 4) stays = false;
  height = top;
  if (end) $("newer").hidden = true;
  return end;
}

$("newer").addEventListener("click", toEnd);
$("log").addEventListener("load", (e) => { if (e.target.closest(".thumb") && stays) toEnd(); }, true);
