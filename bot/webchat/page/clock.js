// The bar of the virtual clock.
import { $, h } from "./dom.js";
import { post } from "./server.js";
import { clock, countDown, day, hour, now, setTime } from "./time.js";

export function setClock(c) {
  if (!c) return;
  setTime(c);
  tickClock();
  if (!$("clock")) return;
  $("speed").value = String(c.speed);
  $("due").textContent = c.next ? (day(c.next) === day(c.now) ? "" : day(c.next).split(" ")[0] + " ") + hour(c.next) : "";
}

let minute = 0; // the last one shown
function tickClock() {
  const t = now();
  if (t === minute) return;
  minute = t;
  countDown($("app"));
  if (!$("clock")) return;
  const [date, weekday] = day(t).split(" ");
  $("now").replaceChildren(h("span", null, date, h("span", { class: "weekday" }, " " + weekday)), " ", h("b", null, hour(t)));
  $("now").dateTime = new Date(t).toISOString().slice(0, 16);
}

async function turn(o) {
  const bar = $("clock");
  if (bar.getAttribute("aria-busy")) return;
  bar.setAttribute("aria-busy", "true");
  for (const b of bar.querySelectorAll("button")) b.setAttribute("aria-disabled", "true");
  const answer = await post("clock", o);
  bar.removeAttribute("aria-busy");
  for (const b of bar.querySelectorAll("button")) b.removeAttribute("aria-disabled");
  if (answer) setClock(answer);
  else $("speed").value = String(clock.speed);
}

if ($("clock")) {
  for (const b of $("clock").querySelectorAll("[data-do]")) b.addEventListener("click", () => turn({ do: b.dataset.do }));
  $("speed").addEventListener("change", () => turn({ do: "speed", speed: $("speed").value }));
}
setInterval(tickClock, 250);
