// What one person sees of the world, and where they look.
export const wide = matchMedia("(min-width: 720px)");
export const at = { me: "", in: "", topic: "", entry: false }; // what the address says
export const world = { me: null, people: new Map(), convs: [], lines: new Map(), bot: "" };
export const seen = new Set(); // lines read here, though the server may not know yet

export const screen = () => `${at.me} ${at.in} ${at.topic}`;
export const nameOf = (id) => (id ? world.people.get(id)?.name || id : world.bot);
export const conv = () => world.convs.find((c) => c.id === at.in) || (wide.matches ? world.convs[0] : null);
export const inConv = (c) => [...world.lines.values()].filter((l) => l.conv === c.id);
export const unreadOf = (lines) => lines.filter((l) => l.unread).length;

// shown are the lines of the screen: a topic, or the main stream with the first line of every topic.
export function shown() {
  const c = conv();
  if (!c) return [];
  const lines = inConv(c);
  if (at.topic) return lines.filter((l) => l.thread === at.topic || l.id === at.topic);
  return lines.filter((l) => c.direct || !l.thread || l.thread === l.id);
}

// known gives a line what the page wants to know of it. Its body is what the message says; the rest are
// reactions and marks.
export function known(l) {
  l.body = JSON.stringify([l.sender, l.at, l.text, l.card, l.dead, l.mentions, l.urgent, l.files, l.reply_to]);
  return l;
}
