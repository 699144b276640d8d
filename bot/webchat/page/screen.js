// The address is the screen: going somewhere writes it. What is shown there is not known here.
import { at, world } from "./world.js";

let part; // {leave, enter, draw}
export const shownBy = (p) => { part = p; };

// leave keeps what is begun on the screen; show begins the one that is named now.
export const leave = () => part.leave();
export const show = () => part.enter();

// redraw shows the same screen anew; arrived: with a new message in it.
export const redraw = (arrived) => part.draw(arrived);

export function go(to) {
  leave();
  Object.assign(at, { entry: false }, to);
  history.pushState(null, "", address());
  show();
}

// stand makes the address say where one is.
export const stand = () => history.replaceState(null, "", address());

// settle leaves a conversation one is not in.
export function settle() {
  if (!world.convs.some((c) => c.id === at.in)) Object.assign(at, { in: "", topic: "" });
}

function address() {
  const q = new URLSearchParams({ me: at.me });
  if (at.in) q.set("in", at.in);
  if (at.topic) q.set("topic", at.topic);
  if (at.entry) q.set("show", "entry");
  return "/chat?" + q;
}

export function readAddress() {
  const q = new URLSearchParams(location.search);
  return { me: q.get("me") || "", in: q.get("in") || "", topic: q.get("topic") || "", entry: q.get("show") === "entry" };
}

addEventListener("popstate", () => { // going back does not make one somebody else
  leave();
  Object.assign(at, readAddress(), { me: at.me });
  settle();
  stand();
  show();
});
