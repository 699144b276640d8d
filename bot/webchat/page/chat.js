// The page of the built-in chat.
import { $ } from "./dom.js";
import { load } from "./live.js";
import { enter, render } from "./log.js";
import { refreshAside } from "./registry.js";
import { go, leave, readAddress, show, shownBy } from "./screen.js";
import { loadDraft, saveDraft } from "./write.js";
import { at, conv, wide, world } from "./world.js";

shownBy({
  leave: saveDraft,
  draw: render,
  enter() {
    const c = conv();
    if (wide.matches && c) at.in = c.id;
    if (at.topic && !world.lines.has(at.topic)) at.topic = "";
    loadDraft();
    enter();
    refreshAside();
  },
});

$("me").addEventListener("change", () => { leave(); at.me = $("me").value; loadDraft(); load(); });
$("back").addEventListener("click", () => go(at.topic ? { topic: "" } : { in: "" }));
wide.addEventListener("change", () => { leave(); show(); });

Object.assign(at, readAddress());
load();
