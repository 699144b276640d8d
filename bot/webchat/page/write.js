// The row where one writes: drafts, pictures, keys.
import { $, h } from "./dom.js";
import { maxFile, tooBig } from "./files.js";
import { closePeople, completes, offer } from "./mention.js";
import { send } from "./outbox.js";
import { screen } from "./world.js";

const drafts = new Map(); // what is written and not sent, by screen
let files = [];

export function saveDraft() {
  drafts.set(screen(), { text: $("text").value, files });
}

export function loadDraft() {
  const d = drafts.get(screen()) || { text: "", files: [] };
  if ($("text").value !== d.text) $("text").value = d.text; // setting it breaks an input method off
  files = d.files;
  $("notice").hidden = true;
  $("newer").hidden = true;
  closePeople();
  grow();
  renderPicked();
}

function grow() {
  const t = $("text");
  t.style.height = "auto";
  t.style.height = Math.min(t.scrollHeight + 2, 160) + "px";
}

$("composer").addEventListener("submit", (e) => {
  e.preventDefault();
  const text = $("text").value.trim();
  if (!text && !files.length) return $("text").focus();
  const out = files;
  files = [];
  $("text").value = "";
  $("notice").hidden = true;
  closePeople();
  grow();
  renderPicked();
  $("text").focus();
  send(text, out);
});

function addFiles(list) {
  let problem = "";
  for (const f of list) {
    if (f.size > maxFile) problem = tooBig;
    else if (files.length >= 9) problem = "一次最多发9张图片，请分几次发。";
    else files.push(f);
  }
  $("notice").textContent = problem;
  $("notice").hidden = !problem;
  renderPicked();
  $("text").focus();
}

function renderPicked() {
  for (const img of $("picked").querySelectorAll("img")) URL.revokeObjectURL(img.src);
  $("picked").hidden = !files.length;
  $("picked").replaceChildren(...files.map((f) => h("li", null,
    f.type.startsWith("image/") ? h("img", { src: URL.createObjectURL(f), alt: f.name }) : h("span", null, f.name),
    h("button", { type: "button", class: "icon", "aria-label": `不发 ${f.name}`, on: { click: () => { files = files.filter((o) => o !== f); renderPicked(); } } }, "×"))));
}

$("pick").addEventListener("click", () => $("files").click());
$("files").addEventListener("change", () => { addFiles($("files").files); $("files").value = ""; });
$("text").addEventListener("paste", (e) => {
  if (!e.clipboardData.files.length) return;
  if (!e.clipboardData.types.includes("text/plain")) e.preventDefault(); // words beside a picture are pasted as well
  addFiles(e.clipboardData.files);
});

// carries reports whether something dragged is a file; a file beside the conversation must not leave the page.
const carries = (e) => e.dataTransfer.types.includes("Files");
addEventListener("dragover", (e) => { if (carries(e)) e.preventDefault(); });
addEventListener("drop", (e) => { if (carries(e)) e.preventDefault(); });
$("talk").addEventListener("dragover", (e) => { if (carries(e)) $("talk").classList.add("drop"); });
$("talk").addEventListener("dragleave", (e) => { if (!$("talk").contains(e.relatedTarget)) $("talk").classList.remove("drop"); });
$("talk").addEventListener("drop", (e) => {
  $("talk").classList.remove("drop");
  if (carries(e)) addFiles(e.dataTransfer.files);
});

$("text").addEventListener("input", () => { grow(); offer(); });
$("text").addEventListener("keydown", (e) => {
  if (e.isComposing || e.keyCode === 229) return; // the input method has the key
  if (completes(e.key)) return e.preventDefault();
  if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); $("composer").requestSubmit(); }
});
