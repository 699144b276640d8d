"use strict";
// The page of the built-in chat. What people wrote only ever becomes text nodes.
const $ = (id) => document.getElementById(id);
const wide = matchMedia("(min-width: 720px)");
const maxFile = 20 << 20;
const tooBig = "图片太大（上限20MB），请压缩后再发。";

let at = { me: "", in: "", topic: "", entry: false }; // what the address says
let world = { me: null, people: new Map(), convs: [], lines: new Map(), bot: "" };
let source = null; // live updates
let marked = ""; // the first line that was unread when the conversation was opened
let pending = []; // on their way, or not sent
const drafts = new Map(); // what is written and not sent, by screen

// — building nodes —

function h(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props || {})) {
    if (name === "on") for (const [type, f] of Object.entries(value)) node.addEventListener(type, f);
    else if (name === "class") node.className = value;
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null && value !== "") node.setAttribute(name, value);
  }
  node.append(...children.flat(Infinity).filter((c) => c != null && c !== false && c !== ""));
  return node;
}

const equal = (a, b) => !!a && a.length === b.length && a.every((s, n) => s === b[n]);

// arrange makes the children of parent those of items, keeping the nodes that have not changed. What changes
// often in a node is put into it apart (late, put), so that nobody loses what they type in the rest. The
// focus stays where it was, or moves to what took its place.
function arrange(parent, items) {
  const old = parent.kept || new Map();
  const kept = new Map();
  const moves = []; // from a node that is replaced to the one that replaces it
  const nodes = items.map(({ key, sig, make, late, put }) => {
    const was = old.get(key);
    const entry = was && equal(was.sig, sig) ? was : { sig, node: make() };
    if (was && was !== entry) moves.push([was.node, entry.node]);
    if (put && !equal(entry.late, late)) { put(entry.node); entry.late = late; }
    kept.set(key, entry);
    return entry.node;
  });
  const focused = document.activeElement;
  const move = moves.find(([from]) => from.contains(focused));
  parent.kept = kept;
  const keep = new Set(nodes);
  for (const child of [...parent.childNodes]) if (!keep.has(child)) child.remove();
  nodes.forEach((node, n) => {
    if (parent.childNodes[n] !== node) parent.insertBefore(node, parent.childNodes[n] || null);
  });
  if (move) refocus(focused, move[1]);
}

// refocus gives the focus to what does in node what old did before; failing that, to node itself.
function refocus(old, node) {
  const does = (n) => [n.tagName, n.name, n.dataset.test, n.dataset.test === "btn" && n.textContent].join(" ");
  const next = [...node.querySelectorAll("button, a, input, select, textarea, summary")].find((n) => does(n) === does(old));
  if (!next) node.tabIndex = -1;
  (next || node).focus({ preventScroll: true });
}

// swap puts fresh in the place of old.
function swap(old, fresh) {
  const focused = document.activeElement;
  const had = old.contains(focused);
  old.replaceWith(fresh);
  if (had) refocus(focused, fresh);
}

function face(person) {
  if (!person) return h("img", { class: "face", src: document.querySelector("link[rel=icon]").getAttribute("href"), alt: "" });
  const name = nameOf(person);
  let tint = 0;
  for (const c of person) tint = (tint * 7 + c.codePointAt(0)) % 6;
  return h("span", { class: "face tint" + tint, "aria-hidden": "true" }, [...name].slice(-2).join(""));
}

const nameOf = (id) => (id ? world.people.get(id)?.name || id : world.bot);

// Level dots and thumbs are drawn: not every machine has a font for them. The sign itself stays, for copying.
const signs = { "🔴": "dot1", "🟠": "dot2", "🟡": "dot3", "🔵": "dot4", "⚪": "dot0" };

function drawn(text) {
  return text.split(/([🔴🟠🟡🔵⚪👍])/u).map((part, n) => {
    if (n % 2 === 0) return part;
    if (part === "👍") return h("span", { role: "img", "aria-label": "赞" }, thumb());
    return h("span", { class: "dot " + signs[part], "aria-hidden": "true" }, h("i", null, part));
  });
}

function thumb() {
  const draw = (tag, props) => { const n = document.createElementNS("http://www.w3.org/2000/svg", tag); for (const [k, v] of Object.entries(props)) n.setAttribute(k, v); return n; };
  const svg = draw("svg", { viewBox: "0 0 24 24", class: "thumb-up", "aria-hidden": "true" });
  svg.append(draw("path", { d: "M7.5 11v9H4v-9zM7.5 11l3.7-7.6c1.6 0 2.6 1.1 2.4 2.7L13 9.5h5.1c1.3 0 2.2 1.2 1.9 2.4l-1.6 6.5a2.1 2.1 0 0 1-2 1.6H7.5" }));
  return svg;
}

const literal = (s) => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"); // for a regular expression

// rich turns text into nodes: names after @ and addresses stand out.
function rich(text) {
  const names = [world.bot, ...[...world.people.values()].map((p) => p.name)].filter(Boolean);
  names.sort((a, b) => b.length - a.length);
  const quoted = names.map(literal);
  const parts = text.split(new RegExp(`([@＠](?:${quoted.join("|")})|https?://[\\x21-\\x7e]+)`));
  const mine = nameOf(at.me);
  return parts.map((part, n) => {
    if (n % 2 === 0) return drawn(part);
    if (part.startsWith("http")) return h("a", { href: part, target: "_blank", rel: "noopener noreferrer" }, part);
    return h("span", { class: part.slice(1) === mine ? "mention mine" : "mention" }, part);
  });
}

// — time: the server sends what the wall clock shows —

const two = (n) => String(n).padStart(2, "0");
const hour = (ms) => { const d = new Date(ms); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; };
const day = (ms) => { const d = new Date(ms); return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日 周${"日一二三四五六"[d.getUTCDay()]}`; };

function later(ms) {
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

// now is what the clock on the wall shows, whole minutes only.
let clock = { now: 0, speed: 1 };
let clockSince = performance.now();
const exactly = () => clock.now + (performance.now() - clockSince) * clock.speed;
const now = () => Math.floor(exactly() / 60000) * 60000;

// age and left are written anew as time passes.
const age = (since) => (since ? h("span", { class: "age", "data-since": since }) : null);
const left = (due) => (due ? h("span", { class: "left", "data-due": due }) : null);

function countDown(within) {
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

// — asking the server —

async function ask(path, body) {
  let answer;
  try {
    const r = await fetch("/chat/" + path, body ? { method: "POST", body } : undefined);
    answer = await r.json();
    if (r.ok) return answer;
  } catch {
    throw new Error("网络不通，请稍后再试。");
  }
  throw new Error(answer.error || "没有成功，请再试一次。");
}

const fields = (o) => new URLSearchParams({ me: at.me, ...o });

async function post(path, o) {
  try {
    const answer = await ask(path, o instanceof FormData ? o : fields(o));
    if (answer.toast) toast(answer.toast);
    return answer;
  } catch (e) {
    toast(e.message);
    return null;
  }
}

let toasted;
function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { $("toast").hidden = true; }, 4500);
}

// — the address —

function readAddress() {
  const q = new URLSearchParams(location.search);
  return { me: q.get("me") || "", in: q.get("in") || "", topic: q.get("topic") || "", entry: q.get("show") === "entry" };
}

function go(to) {
  saveDraft();
  at = { ...at, entry: false, ...to };
  history.pushState(null, "", address());
  enter();
}

function address() {
  const q = new URLSearchParams({ me: at.me });
  if (at.in) q.set("in", at.in);
  if (at.topic) q.set("topic", at.topic);
  if (at.entry) q.set("show", "entry");
  return "/chat?" + q;
}

const conv = () => world.convs.find((c) => c.id === at.in) || (wide.matches ? world.convs[0] : null);

// nearEnd reports whether the latest message is in sight, or nearly.
const nearEnd = (slack) => { const l = $("log"); return l.scrollHeight - l.scrollTop - l.clientHeight < slack; };

// stays: the latest message is kept in sight until somebody scrolls away from it.
let stays = true;
let height = 0; // where the log was scrolled to; only scrolling up is leaving, growth is not
const toEnd = () => { stays = true; $("log").scrollTop = $("log").scrollHeight; height = $("log").scrollTop; };

// enter shows the screen the address names.
function enter() {
  const c = conv();
  if (wide.matches && c) at.in = c.id;
  if (at.topic && !world.lines.has(at.topic)) at.topic = "";
  marked = shown().find((l) => l.unread)?.id || "";
  loadDraft();
  render();
  const log = $("log");
  const called = shown().findLast((l) => l.unread && l.mentions?.includes(at.me));
  const first = called ? log.querySelector(`[data-line="${called.id}"]`) : marked && (log.querySelector(".since") || log.firstChild);
  log.scrollTop = first ? first.offsetTop - log.offsetTop - 8 : log.scrollHeight;
  stays = nearEnd(90);
  height = log.scrollTop;
  $("newer").hidden = !marked || nearEnd(90);
  refreshAside();
}

// — loading and living on —

let loads = 0;
async function load() {
  const mine = ++loads;
  source?.close();
  if (readSoon) { clearTimeout(readSoon); flushRead(); }
  if (at.me === world.me) saveDraft();
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
  world = { me: s.me, bot: s.bot, convs: s.convs, people: new Map(s.people.map((p) => [p.id, p])), lines: new Map(s.lines.map((l) => [l.id, { ...l, body: body(l) }])) };
  if (loads === 1 && !at.in && !s.lines.length && s.convs.length) at = { ...at, in: s.convs[0].id }; // the first visit begins with a welcome
  if (!world.convs.some((c) => c.id === at.in)) at = { ...at, in: "", topic: "" };
  pending = pending.filter((p) => p.failed && p.me === at.me);
  seen.clear();
  $("toast").hidden = true;
  $("me").value = at.me;
  $("me-face").replaceWith(Object.assign(face(at.me), { id: "me-face" }));
  $("me-name").replaceChildren(nameOf(at.me), h("small", null, world.people.get(at.me).title || ""));
  setClock(s.clock || { now: s.now, speed: 1 });
  history.replaceState(null, "", address());
  enter();
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

// body is what a message says; the rest are reactions and marks.
const body = (l) => JSON.stringify([l.sender, l.at, l.text, l.card, l.dead, l.mentions, l.urgent, l.files, l.reply_to]);

let fresh = false; // among what is to be drawn there is a new message
let dirty = false;
function take(line) {
  const isNew = !world.lines.has(line.id);
  if (seen.has(line.id)) line.unread = false;
  line.body = body(line);
  world.lines.set(line.id, line);
  if (isNew && line.sender === at.me) {
    const n = pending.findIndex((p) => !p.failed && p.text === line.text && p.in === line.conv && p.files.length === (line.files || []).length);
    if (n >= 0) pending.splice(n, 1);
  }
  if (!world.convs.some((c) => c.id === line.conv)) return void load(); // a private chat on another platform began
  fresh ||= isNew;
  if (isNew) announce(line);
  if (dirty) return;
  dirty = true;
  requestAnimationFrame(() => { const arrived = fresh; dirty = fresh = false; render(arrived); });
  refreshAside();
}

// announce tells a screen reader what others say in the open conversation, and who calls elsewhere. The log
// itself is silent: its messages are drawn anew for a read mark, too.
let heard = [];
let announceSoon;
function announce(l) {
  if (l.sender === at.me) return;
  const here = shown().includes(l);
  if (!here && !l.mentions?.includes(at.me)) return;
  const where = here ? "" : `${world.convs.find((c) => c.id === l.conv)?.name || ""}，@了您，`;
  heard.push(`${where}${nameOf(l.sender)}：${(l.text || gist(l)).replace(/\s+/g, " ").slice(0, 300)}`);
  announceSoon ||= setTimeout(() => { announceSoon = null; $("heard").textContent = heard.slice(-3).join("。"); heard = []; }, 400);
}

// — the list of conversations —

const inConv = (c) => [...world.lines.values()].filter((l) => l.conv === c.id);
const gist = (l) => (l.card ? l.card.title || l.card.head : l.text || (l.files?.length ? (l.files[0].kind === "image" ? "［图片］" : "［文件］") : "")).replace(/\s+/g, " ");
const titleOf = (l) => gist(l).replace(new RegExp(`^[@＠]${literal(world.bot)}\\s*`), "").slice(0, 60) || "话题";
const unreadOf = (lines) => lines.filter((l) => l.unread).length;

function count(n) {
  return n ? h("b", { class: "count", "aria-label": `${n}条未读` }, n > 99 ? "99+" : String(n)) : null;
}

function renderList() {
  let all = 0;
  arrange($("convs"), world.convs.map((c) => {
    const lines = inConv(c);
    const last = lines.at(-1);
    const unread = unreadOf(lines);
    const called = lines.some((l) => l.unread && l.mentions?.includes(at.me));
    const here = conv()?.id === c.id;
    all += unread;
    return {
      key: c.id, sig: [last, unread, called, here, at.me],
      make: () => h("li", null, h("button", {
        type: "button", class: "conv", "data-test": "conv-" + c.id, "aria-current": here ? "true" : false,
        on: { click: () => go({ in: c.id, topic: "" }) },
      },
      c.direct ? face("") : h("span", { class: "face group", "aria-hidden": "true" }, [...c.name][0]),
      h("span", { class: "what" },
        h("span", { class: "top" }, h("strong", null, c.name), last && h("time", null, hour(last.at))),
        h("span", { class: "top" },
          h("span", { class: "gist" }, called && h("em", null, "［有人@我］"), last ? drawn(`${last.sender === at.me ? "我" : nameOf(last.sender)}：${gist(last)}`) : c.direct ? "和助手单独说" : "还没有消息"),
          count(unread))))),
    };
  }));
  if ($("tab-count")) { $("tab-count").hidden = !all; $("tab-count").textContent = all; }
  document.title = (all ? `(${all}) ` : "") + document.body.dataset.title;
}

// — the open conversation —

// shown are the lines of the screen: a topic, or the main stream with the first line of every topic.
function shown() {
  const c = conv();
  if (!c) return [];
  const lines = inConv(c);
  if (at.topic) return lines.filter((l) => l.thread === at.topic || l.id === at.topic);
  return lines.filter((l) => c.direct || !l.thread || l.thread === l.id);
}

function render(arrived) {
  renderList();
  const c = conv();
  document.body.dataset.view = at.entry ? "entry" : !at.in ? "list" : at.topic ? "topic" : "conv";
  $("tab-list")?.setAttribute("aria-current", at.entry ? "false" : "page");
  $("tab-entry")?.setAttribute("aria-current", at.entry ? "page" : "false");
  renderTopics(c);
  if (!c) return;
  const root = world.lines.get(at.topic);
  $("where").replaceChildren(...drawn(root ? titleOf(root) : c.name));
  $("about").textContent = root ? `${c.name} · 话题` : c.direct ? "只有您和助手" : `${c.members.length}人${c.platform === "wecom" ? " · 企业微信" : ""}`;
  $("text").placeholder = root ? "回复这个话题" : c.direct ? `和${c.name}说` : c.topics ? `发新话题，或@${world.bot}` : `@${world.bot}，它才听得到`;
  const log = $("log");
  arrange(log, rows(c));
  countDown(log);
  if (arrived && stays) toEnd();
  if (arrived && !stays && unreadOf(shown())) $("newer").hidden = false;
  for (const node of log.querySelectorAll("[data-unread]")) reading.observe(node);
}

// rows are the lines with what stands between them: times, the mark of what is new.
function rows(c) {
  const out = [];
  let before = null;
  const lines = shown();
  for (const l of lines) {
    const gap = before ? l.at - before.at : Infinity;
    if (gap >= 20 * 60000) {
      const label = !before ? `${day(l.at)} ${hour(l.at)}` : day(before.at) === day(l.at) ? `${later(gap)} · ${hour(l.at)}` : `${later(gap)} · ${day(l.at)} ${hour(l.at)}`;
      out.push({ key: "t" + l.id, sig: [label], make: () => h("p", { class: "gap" }, label) });
    }
    if (l.id === marked && before) out.push({ key: "since", sig: [], make: () => h("p", { class: "gap since" }, "以下是新消息") });
    const follows = before && before.sender === l.sender && gap < 5 * 60000 && l.id !== marked;
    const quoted = l.reply_to && before?.id !== l.reply_to && l.reply_to !== at.topic ? world.lines.get(l.reply_to) : null;
    const thread = !at.topic && c.threads ? inConv(c).filter((o) => o.thread === l.id && o.id !== l.id) : [];
    out.push({
      key: l.id, sig: [l.body, follows, quoted, at.me, at.topic], make: () => message(l, { follows, quoted }),
      late: [l, thread.length, thread.at(-1), unreadOf(thread)], put: (node) => under(node, c, l, thread),
    });
    before = l;
  }
  for (const p of pending.filter((p) => p.in === c.id && p.topic === at.topic)) {
    out.push({ key: "p" + p.id, sig: [p.failed, p.why], make: () => unsent(p) });
  }
  if (!out.length) out.push({ key: "empty", sig: [c.id, at.me], make: () => welcome(c) });
  return out;
}

function welcome(c) {
  const start = c.direct ? "上报" : `@${world.bot} 上报`;
  return h("div", { class: "welcome" }, face(""),
    h("p", null, c.direct ? `这里是您和${world.bot}单独说话的地方。` : `这里是“${c.name}”。`),
    h("p", null, "看到对公司不利的消息，说一声就行，助手会一步步问清楚。"),
    h("p", null, "随时可以在“我是…”里换一个人，看看他收到什么。"),
    h("button", { type: "button", class: "primary", on: { click: () => send(start, []) } }, "开始一次上报"));
}

function message(l, { follows, quoted }) {
  const mine = l.sender === at.me;
  const called = l.mentions?.includes(at.me);
  return h("article", {
    "aria-label": `${nameOf(l.sender)} ${hour(l.at)}`,
    class: `line${mine ? " mine" : ""}${follows ? " follows" : ""}${called ? " called" : ""}${l.sender ? "" : " bot"}`,
    "data-line": l.id, "data-sender": l.sender || "bot",
  },
  face(l.sender),
  h("div", { class: "said" },
    h("p", { class: "by" }, h("span", null, nameOf(l.sender)), called && h("em", null, "@了我"), l.urgent?.length > 0 && h("em", { class: "urgent" }, "加急 " + l.urgent.map(nameOf).join("、")), h("time", null, hour(l.at))),
    quoted && h("p", { class: "quote" }, drawn(`${nameOf(quoted.sender)}：${gist(quoted).slice(0, 60)}`)),
    l.card ? card(l) : l.text && h("div", { class: "bubble" }, rich(l.text)),
    l.files?.length > 0 && h("div", { class: "files" }, l.files.map(fileNode)),
    h("div", { class: "under" })));
}

// under puts the answers and the quiet row under a message.
function under(node, c, l, thread) {
  node.toggleAttribute("data-unread", !!l.unread && !seen.has(l.id));
  swap(node.querySelector(".under"), h("div", { class: "under" },
    thread.length > 0 && h("button", { type: "button", class: "replies", "data-test": "topic", on: { click: () => go({ in: c.id, topic: l.id }) } },
      h("strong", null, `${thread.length}条回复`), h("span", { class: "gist" }, drawn(`${nameOf(thread.at(-1).sender)}：${gist(thread.at(-1))}`)), count(unreadOf(thread))),
    foot(c, l, l.sender === at.me, thread)));
}

// foot is the quiet row under a message: reactions, who has read it, whether the bot heard it.
function foot(c, l, mine, thread) {
  const liked = l.reactions?.find((r) => r.emoji === "👍");
  const iLike = liked?.people.includes(at.me);
  const like = () => post("react", { id: l.id, emoji: "👍" });
  const readers = (l.readers || []).filter((p) => p !== l.sender);
  const names = h("span", { class: "names", hidden: true }, readers.map(nameOf).join("、"));
  return h("div", { class: "foot" },
    liked && h("button", { type: "button", class: "chip", "data-test": "like", "aria-pressed": String(!!iLike), "aria-label": `点赞：${liked.people.map(nameOf).join("、")}`, on: { click: like } }, thumb(), liked.people.map(nameOf).join("、")),
    c.reacts && !liked && h("button", { type: "button", class: "act", "data-test": "like", "aria-label": "点赞", on: { click: like } }, thumb()),
    c.threads && !at.topic && !thread.length && h("button", { type: "button", class: "act", "data-test": "reply", on: { click: () => { go({ in: c.id, topic: l.id }); $("text").focus(); } } }, "回复"),
    l.unheard && h("span", { class: "unheard" }, l.unheard),
    !c.direct && (mine || !l.sender) && readers.length > 0 && h("button", { type: "button", class: "act read", "data-test": "readers", "aria-expanded": "false", on: { click: (e) => { names.hidden = !names.hidden; e.currentTarget.setAttribute("aria-expanded", String(!names.hidden)); } } }, `${readers.length}人已读`),
    c.direct && mine && !l.unheard && h("span", { class: "unheard" }, "已送达"),
    names);
}

function unsent(p) {
  const again = () => { pending = pending.filter((o) => o !== p); send(p.text, p.files); };
  const drop = () => { pending = pending.filter((o) => o !== p); render(); };
  return h("article", { class: "line mine pending" }, face(at.me), h("div", { class: "said" },
    p.text && h("div", { class: "bubble" }, rich(p.text)),
    p.files.length > 0 && h("p", { class: "bubble" }, `［${p.files.length}个文件］`),
    h("div", { class: "foot" }, p.failed
      ? [h("span", { class: "unheard failed", role: "alert" }, "没有发出去：" + p.why), h("button", { type: "button", class: "act on", on: { click: again } }, "重发"), h("button", { type: "button", class: "act on", on: { click: drop } }, "删掉")]
      : h("span", { class: "unheard" }, "正在发…"))));
}

const fileURL = (f) => `/chat/file/${encodeURIComponent(f.sha256)}?me=${encodeURIComponent(at.me)}`;

function fileNode(f) {
  if (f.error) return h("p", { class: "file" }, f.error === "too_big" ? tooBig : "这个文件没有收到，请再发一次。");
  if (f.kind === "image") {
    const img = h("img", { src: fileURL(f), alt: f.name, loading: "lazy" });
    img.addEventListener("error", () => img.closest("button").replaceWith(attachment(f)));
    return h("button", { type: "button", class: "thumb", "aria-label": `看大图 ${f.name}`, on: { click: () => view(img) } }, img);
  }
  return attachment(f);
}

function attachment(f) {
  const size = f.size >= 1 << 20 ? `${(f.size / (1 << 20)).toFixed(1)} MB` : `${Math.max(1, Math.round(f.size / 1024))} KB`;
  return h("a", { class: "file", href: fileURL(f), download: f.name }, h("strong", null, f.name), h("span", null, size));
}

function view(img) {
  $("viewer-img").src = img.src;
  $("viewer-img").alt = img.alt;
  $("viewer").showModal();
}

// — cards —

// sheet is the fields of a card with the button that sends them.
function sheet(f, send) {
  const fields = f.inputs.map((i) => {
    const first = i.value?.[0] || "";
    let control;
    if (i.kind === "choice") {
      control = h("select", { name: i.key }, h("option", { value: "" }, "请选"), (i.options || []).map((o) => h("option", { value: o, selected: o === first }, o)));
    } else if (i.kind === "choices") {
      control = h("span", { class: "picks", role: "group", "aria-label": i.label }, (i.options || []).map((o) =>
        h("label", null, h("input", { type: "checkbox", name: i.key, value: o, checked: (i.value || []).includes(o) }), o)));
    } else {
      control = h(i.kind === "area" ? "textarea" : "input", { name: i.key, value: first, placeholder: i.hint, maxlength: "500", autocomplete: "off" });
      control.value = first;
    }
    return h(i.kind === "choices" ? "div" : "label", { class: "field" }, h("span", null, i.label), control, i.error && h("em", { role: "alert" }, i.error));
  });
  const button = h("button", { type: "submit", class: "primary", "data-test": "btn" }, f.submit.label);
  return h("form", { class: "fill", "data-test": "sheet", on: { submit: async (e) => {
    e.preventDefault();
    const out = {};
    for (const [k, v] of new FormData(e.target)) if (v) out[k] = out[k] ? out[k] + "、" + v : v;
    button.disabled = true;
    await send(out);
    button.disabled = false;
  } } }, fields, h("div", { class: "buttons" }, button));
}

function card(l) {
  const c = l.card;
  const press = (b, node) => async () => {
    if (node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true"); // disabling it would lose the focus
    stays = true; // who presses waits for the answer
    const answer = await post("press", { id: l.id, label: b.label });
    node.removeAttribute("aria-busy");
    if (answer) toEnd();
  };
  const button = (b) => {
    const node = h("button", { type: "button", class: b.primary ? "primary" : "plain", "data-test": "btn" }, b.label);
    node.addEventListener("click", press(b, node));
    return node;
  };
  const form = c.form && !c.stale && !l.dead && sheet(c.form, (fields) => post("press", { id: l.id, label: c.form.submit.label, fields: JSON.stringify(fields) }));
  const buttons = c.stale || l.dead ? [] : (c.buttons || []).map(button);
  return h("section", { class: `card level${c.level || 0}${c.stale ? " stale" : ""}`, "aria-label": c.head },
    h("h3", null, h("span", null, drawn(c.head)), !c.stale && age(l.since)),
    h("div", { class: "body" },
      c.title && h("p", { class: "title" }, c.title),
      (c.lines || []).map((line) => h("p", null, rich(line))),
      c.facts?.length > 0 && h("dl", null, c.facts.map((f) => [h("dt", null, f.label), h("dd", null, rich(f.value))])),
      c.who && h("p", { class: "who" }, rich(c.who)),
      c.clock && h("p", { class: c.overdue && !l.due ? "due over" : "due" }, drawn(c.clock), left(l.due)),
      c.images?.length > 0 && h("div", { class: "files" }, c.images.map(fileNode)),
      form,
      c.stale && h("p", { class: "done" }, c.stale),
      buttons.length > 0 && h("div", { class: "buttons" }, buttons.slice(0, 3), buttons.length > 3 && h("details", null, h("summary", null, "更多"), buttons.slice(3))),
      c.foot && !c.stale && h("p", { class: "hint" }, c.foot)));
}

// — topics beside an open one, on a wide screen —

function renderTopics(c) {
  const list = at.topic && c?.threads;
  $("topics").hidden = !list;
  if (!list) return;
  const roots = inConv(c).filter((l) => !l.thread || l.thread === l.id);
  const items = [{ key: "head", sig: [c.id], make: () => h("header", { class: "bar" }, h("div", { class: "names" }, h("h2", null, c.name)), h("button", { type: "button", class: "plain", on: { click: () => go({ topic: "" }) } }, c.topics ? "发新话题" : "全部消息")) }];
  for (const l of roots.toReversed()) {
    const lines = inConv(c).filter((o) => o.id === l.id || o.thread === l.id);
    if (!c.topics && lines.length < 2 && l.id !== at.topic) continue;
    items.push({
      key: l.id, sig: [lines.at(-1), unreadOf(lines), l.id === at.topic],
      make: () => h("button", { type: "button", class: "topic", "data-topic": l.id, "aria-current": l.id === at.topic ? "true" : false, on: { click: () => go({ topic: l.id }) } },
        h("span", { class: "top" }, h("strong", null, drawn(titleOf(l))), h("time", null, hour(lines.at(-1).at))),
        h("span", { class: "top" }, h("span", { class: "gist" }, lines.length > 1 ? drawn(`${nameOf(lines.at(-1).sender)}：${gist(lines.at(-1))}`) : `${nameOf(l.sender)} 发起`), count(unreadOf(lines)))),
    });
  }
  arrange($("topics"), items);
}

// — read marks: what was on the screen is read —

const seen = new Set();
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
  const body = new URLSearchParams({ me: world.me });
  for (const id of ids) body.append("id", id);
  ask("read", body).catch(() => { for (const id of ids) seen.delete(id); });
}

addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  for (const node of $("log").querySelectorAll("[data-unread]")) { reading.unobserve(node); reading.observe(node); }
});

// — writing —

let files = [];
const screen = () => `${at.me} ${at.in} ${at.topic}`;

function saveDraft() {
  drafts.set(screen(), { text: $("text").value, files });
}

function loadDraft() {
  const d = drafts.get(screen()) || { text: "", files: [] };
  $("text").value = d.text;
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

let sent = 0;
async function send(text, with_) {
  const p = { id: ++sent, in: at.in, topic: at.topic, text, files: with_, me: at.me };
  pending.push(p);
  stays = true;
  render(true);
  const body = new FormData();
  for (const [k, v] of Object.entries({ me: p.me, in: p.in, topic: p.topic, text })) body.append(k, v);
  for (const f of with_) body.append("file", f, f.name || "图片.png");
  try {
    const answer = await ask("say", body);
    if (answer.toast) toast(answer.toast);
    pending = pending.filter((o) => o !== p);
    const still = at.me === p.me && at.in === p.in && !at.topic;
    if (still && conv()?.topics && answer.topic && await arrived(answer.topic)) return go({ topic: answer.topic });
  } catch (e) {
    p.failed = true;
    p.why = e.message;
  }
  render();
}

// arrived waits a moment for a line the server has just spoken of.
async function arrived(id) {
  for (let n = 0; n < 20 && !world.lines.has(id); n++) await new Promise((next) => setTimeout(next, 50));
  return world.lines.has(id);
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
  e.preventDefault();
  addFiles(e.clipboardData.files);
});
$("talk").addEventListener("dragover", (e) => { e.preventDefault(); $("talk").classList.add("drop"); });
$("talk").addEventListener("dragleave", (e) => { if (!$("talk").contains(e.relatedTarget)) $("talk").classList.remove("drop"); });
$("talk").addEventListener("drop", (e) => { e.preventDefault(); $("talk").classList.remove("drop"); addFiles(e.dataTransfer.files); });

// — @-completion —

let offered = [];
let chosen = 0;

// asked is what stands after the last @ before the cursor.
function asked() {
  const head = $("text").value.slice(0, $("text").selectionStart);
  return head.match(/[@＠]([^\s@＠]{0,12})$/);
}

function offer() {
  const m = asked();
  const c = conv();
  if (!m || !c) return closePeople();
  const q = m[1].toLowerCase();
  const ids = c.direct ? [...world.people.keys()] : c.members;
  const people = [{ id: "bot", name: world.bot, title: "助手" }, ...ids.filter((id) => id !== at.me).map((id) => world.people.get(id))];
  offered = people.filter((p) => p.name.includes(m[1]) || p.id.startsWith(q) || p.title?.includes(m[1])).slice(0, 8);
  if (!offered.length || (offered.length === 1 && offered[0].name === m[1])) return closePeople();
  chosen = Math.min(chosen, offered.length - 1);
  $("people").replaceChildren(...offered.map((p, n) => h("li", {
    role: "option", id: "person" + n, "aria-selected": String(n === chosen), "data-test": "person",
    on: { pointerdown: (e) => { e.preventDefault(); complete(n); } },
  }, face(p.id === "bot" ? "" : p.id), h("strong", null, p.name), h("span", null, p.title || ""))));
  $("people").hidden = false;
  $("text").setAttribute("aria-expanded", "true");
  $("text").setAttribute("aria-activedescendant", "person" + chosen);
  $("person" + chosen).scrollIntoView({ block: "nearest" });
}

function closePeople() {
  offered = [];
  chosen = 0;
  $("people").hidden = true;
  $("text").setAttribute("aria-expanded", "false");
  $("text").removeAttribute("aria-activedescendant");
}

function complete(n) {
  const t = $("text");
  const m = asked();
  const start = t.selectionStart - m[0].length;
  t.setRangeText(`@${offered[n].name} `, start, t.selectionStart, "end");
  closePeople();
  grow();
  t.focus();
}

$("at").addEventListener("click", () => {
  const t = $("text");
  t.focus();
  t.setRangeText("@", t.selectionStart, t.selectionEnd, "end");
  offer();
});
$("text").addEventListener("input", () => { grow(); offer(); });
$("text").addEventListener("click", offer);
$("text").addEventListener("blur", closePeople);
$("text").addEventListener("keydown", (e) => {
  if (e.isComposing || e.keyCode === 229) return; // the input method has the key
  if (offered.length) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (step) { e.preventDefault(); chosen = (chosen + step + offered.length) % offered.length; return offer(); }
    if (e.key === "Enter" || e.key === "Tab") { e.preventDefault(); return complete(chosen); }
    if (e.key === "Escape") { e.preventDefault(); return closePeople(); }
  }
  if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); $("composer").requestSubmit(); }
});

// — the registry —

const levels = { I: "🔴 红/一级（I）", II: "🟠 橙/二级（II）", III: "🟡 黄/三级（III）", IV: "🔵 蓝/四级（IV）" };
const rank = { I: 1, II: 2, III: 3, IV: 4 };
const before = new Map(); // number: what the entry said
const lit = new Map(); // what has just changed, and until when it is lit
let asideSoon;

function refreshAside() {
  if (!$("entry") || asideSoon) return;
  asideSoon = setTimeout(async () => {
    asideSoon = null;
    const key = screen();
    try {
      const a = await ask("aside?" + fields({ in: at.in, topic: at.topic }));
      if (key !== screen()) return;
      setClock(a.clock);
      renderAside(a);
    } catch (e) {
      if (key === screen()) $("sheet").replaceChildren(h("p", { class: "none" }, e.message));
    }
  }, 200);
}

function renderAside({ entry, recent }) {
  const others = recent.filter((e) => e.number !== entry?.number);
  const items = [];
  const put = (key, sig, make) => items.push({ key, sig: [at.me, JSON.stringify(sig)], make });
  if (entry) put(entry.number, entry, () => entryNode(entry));
  else if (at.in && recent.length && !conv()?.direct) put("none", at.topic, () => h("p", { class: "none" }, at.topic ? "这个话题还没有登记。" : "打开一个话题，这里显示它的登记。"));
  if (others.length) {
    put("part", !!entry, () => h("h3", { class: "part" }, entry ? "其他登记" : "最近登记"));
    put("recent", others, () => h("ul", { class: "recent" }, others.map(recentNode)));
  }
  if (!entry && !recent.length) put("empty", null, () => h("div", { class: "none" }, h("p", null, "登记好的事会出现在这里。"), h("p", null, `在群里说“@${world.bot} 上报”，答完几个问题就登记好了。`)));
  arrange($("sheet"), items);
  countDown($("sheet"));
  $("to-entry").classList.toggle("has", !!entry);
}

function changed(entry, label, value) {
  const was = before.get(entry.number);
  const key = entry.number + " " + label;
  if (was && was.get(label) !== value) lit.set(key, Date.now() + 8000);
  return (lit.get(key) || 0) > Date.now();
}

function entryNode(e) {
  const now = new Map([["状态", e.state], ["级别", e.level], ...(e.rows || []).map((r) => [r.label, r.value]), ...(e.verdicts || []).map((v) => ["判定" + v.label, v.result])]);
  const tone = (t) => (t ? ` ${t}` : "");
  const mark = (label, value) => (changed(e, label, value) ? " lit" : "");
  const node = h("section", { class: "incident", "aria-label": e.number },
    h("p", { class: `level level${rank[e.level] || 0}${mark("级别", e.level)}` }, drawn(levels[e.level] || "⚪ 未定级")),
    h("h3", null, e.title || e.number),
    h("p", { class: "no" }, h("span", null, e.number), e.state && h("span", { class: "state" + mark("状态", e.state) }, e.state)),
    e.clock && h("p", { class: "due", "data-test": "due" }, e.clock, left(e.due)),
    e.rows?.length > 0 && h("dl", null, e.rows.map((r) => h("div", { class: "pair" + mark(r.label, r.value) }, h("dt", null, r.label), h("dd", { class: tone(r.tone) }, rich(r.value))))),
    e.verdicts?.length > 0 && h("div", { class: "verdicts" }, h("h4", null, "时限"), h("ul", null, e.verdicts.map((v) => h("li", { class: tone(v.tone) + mark("判定" + v.label, v.result) }, h("span", null, v.label), h("strong", null, v.result), v.detail && h("small", null, v.detail))))),
    e.url && h("a", { class: "plain", href: e.url }, "看全部"));
  before.set(e.number, now);
  if (node.querySelector(".lit")) setTimeout(() => { for (const n of node.querySelectorAll(".lit")) n.classList.remove("lit"); }, 8000);
  return node;
}

function recentNode(e) {
  const inside = [
    h("span", { class: "top" }, h("strong", null, drawn(`${[...(levels[e.level] || "⚪")][0]} ${e.title || e.number}`))),
    h("span", { class: "top" }, h("span", { class: "gist" }, e.number), e.state && h("span", { class: "state" }, e.state)),
    e.clock && h("span", { class: "due" }, e.clock, left(e.due))];
  return h("li", null, e.conv
    ? h("button", { type: "button", class: "brief", on: { click: () => go({ in: e.conv, topic: e.thread || "" }) } }, inside)
    : h("div", { class: "brief" }, inside));
}

// — the clock —

function setClock(c) {
  if (!c) return;
  clock = c;
  clockSince = performance.now();
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

// — moving about —

$("me").addEventListener("change", () => { saveDraft(); at.me = $("me").value; load(); });
$("back").addEventListener("click", () => go(at.topic ? { topic: "" } : { in: "" }));
$("to-entry").addEventListener("click", () => go({ entry: true }));
$("entry-back")?.addEventListener("click", () => go({}));
$("tab-list")?.addEventListener("click", () => go({ in: "", topic: "" }));
$("tab-entry")?.addEventListener("click", () => go({ in: "", topic: "", entry: true }));
$("newer").addEventListener("click", toEnd);
$("log").addEventListener("scroll", () => {
  const top = $("log").scrollTop;
  if (nearEnd(90)) { stays = true; $("newer").hidden = true; readAbove(); } else if (top < height - 4) stays = false;
  height = top;
}, { passive: true });
$("viewer-close").addEventListener("click", () => $("viewer").close());
$("viewer").addEventListener("click", (e) => { if (e.target === $("viewer")) $("viewer").close(); });
$("log").addEventListener("load", (e) => { if (e.target.closest(".thumb") && stays) toEnd(); }, true);
wide.addEventListener("change", () => { saveDraft(); enter(); });
addEventListener("popstate", () => { // going back does not make one somebody else
  saveDraft();
  at = { ...readAddress(), me: at.me };
  if (!world.convs.some((c) => c.id === at.in)) at = { ...at, in: "", topic: "" };
  history.replaceState(null, "", address());
  enter();
});

at = readAddress();
load();
