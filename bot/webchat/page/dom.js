// Nodes: making them, and keeping those that have not changed. What people wrote only ever becomes text nodes.
export const $ = (id) => document.getElementById(id);

export function h(tag, props, ...children) {
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
export function arrange(parent, items) {
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
export function swap(old, fresh) {
  const focused = document.activeElement;
  const had = old.contains(focused);
  old.replaceWith(fresh);
  if (had) refocus(focused, fresh);
}
