// Asking the server.
import { $ } from "./dom.js";
import { at } from "./world.js";

export async function ask(path, body) {
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

export const fields = (o) => new URLSearchParams({ me: at.me, ...o });

export async function post(path, o) {
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
export function toast(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(toasted);
  toasted = setTimeout(() => { $("toast").hidden = true; }, 4500);
}
