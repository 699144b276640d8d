// Pictures and files that were sent.
import { $, h } from "./dom.js";
import { at } from "./world.js";

export const maxFile = 20 << 20;
export const tooBig = "图片太大（上限20MB），请压缩后再发。";

const fileURL = (f) => `/chat/file/${encodeURIComponent(f.sha256)}?me=${encodeURIComponent(at.me)}`;

export function fileNode(f) {
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

$("viewer-close").addEventListener("click", () => $("viewer").close());
$("viewer").addEventListener("click", (e) => { if (e.target === $("viewer")) $("viewer").close(); });
