// Nothing typed is lost: forms marked data-draft are kept in this tab until they are sent, and leaving asks first.
const forms = document.querySelectorAll("form[data-draft]");

for (const form of forms) {
  const key = `draft:${location.pathname}`;
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type));
  const kept = form.hasAttribute("data-fresh") ? JSON.parse(sessionStorage.getItem(key) || "null") : null;
  let changed = !form.hasAttribute("data-fresh");
  if (kept) {
    for (const field of fields) if (kept[field.name] !== undefined) fill(field, kept[field.name]);
    changed = true;
    form.querySelector("[data-restored]")?.removeAttribute("hidden");
  }
  form.addEventListener("input", () => {
    changed = true;
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, value(field)]))));
  });
  form.addEventListener("submit", () => { changed = false; });
  form.querySelector("[data-discard]")?.addEventListener("click", () => {
    sessionStorage.removeItem(key);
    changed = false;
    location.reload();
  });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    } else if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.type !== "checkbox") {
      event.preventDefault(); // half-filled forms are not sent by Enter
    }
  });
}
for (const done of document.querySelectorAll("[data-saved]")) sessionStorage.removeItem(`draft:${done.dataset.saved}`);

function value(field) { return field.type === "checkbox" ? field.checked : field.value; }
function fill(field, kept) { if (field.type === "checkbox") field.checked = kept; else field.value = kept; }
