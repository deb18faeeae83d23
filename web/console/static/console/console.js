// Nothing typed is lost: forms marked data-draft are kept in this tab until they are sent, and leaving asks first.
const forms = document.querySelectorAll("form[data-draft]");

for (const form of forms) {
  const key = `draft:${location.pathname}`;
  const fields = [...form.elements].filter((field) => field.name && !["hidden", "submit"].includes(field.type) && !field.name.startsWith("try_"));
  const kept = form.hasAttribute("data-fresh") ? JSON.parse(sessionStorage.getItem(key) || "null") : null;
  let changed = !form.hasAttribute("data-fresh");
  if (kept) {
    for (const field of fields) if (kept[field.name] !== undefined) fill(field, kept[field.name]);
    changed = true;
    form.querySelector("[data-restored]")?.removeAttribute("hidden");
  }
  form.addEventListener("input", (event) => {
    if (event.target.name.startsWith("try_")) return;
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
    } else if (event.key === "Enter" && event.target.tagName === "INPUT" && event.target.type !== "checkbox" && !event.target.name.startsWith("try_")) {
      event.preventDefault(); // half-filled forms are not sent by Enter
    }
  });
}
for (const done of document.querySelectorAll("[data-saved]")) sessionStorage.removeItem(`draft:${done.dataset.saved}`);

// A list gets another empty row when it is asked for.
for (const more of document.querySelectorAll("[data-more]")) {
  more.hidden = false;
  more.addEventListener("click", () => {
    const list = document.querySelector(`[data-rows="${more.dataset.more}"]`), row = list.lastElementChild.cloneNode(true);
    const next = list.children.length;
    for (const field of row.querySelectorAll("[name]")) {
      field.name = field.name.replace(/~\d+~/, `~${next}~`);
      if (field.type === "checkbox") field.checked = false; else field.value = "";
    }
    list.append(row);
    row.querySelector("input, select")?.focus();
  });
}

// What is typed is said in plain words at once, where the form can say it.
for (const form of document.querySelectorAll("form[data-live]")) {
  let waiting;
  form.addEventListener("input", (event) => {
    if (event.target.name.startsWith("try_")) return;
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      const sent = new FormData(form);
      sent.append("preview", "1");
      const answer = await fetch(location.href, { method: "POST", body: sent });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const said = page.querySelector("[data-preview]");
      if (answer.ok && said) form.querySelector("[data-preview]").replaceChildren(...said.childNodes);
    }, 600);
  });
}
if (document.querySelector("[data-map]")) import("./position.js");

function value(field) { return field.type === "checkbox" ? field.checked : field.value; }
function fill(field, kept) { if (field.type === "checkbox") field.checked = kept; else field.value = kept; }

// "Hỏi thử Trúc" answers in its place; without this script the whole page comes again, with the same.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.target.name !== "try_question") return;
  event.preventDefault();
  event.target.closest("[data-try]").querySelector("button[value='']").click();
});
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-try] button[name=try]"), place = button?.closest("[data-try]");
  if (!button || place.hasAttribute("data-plain")) return;
  event.preventDefault();
  place.classList.add("busy");
  place.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.href, { method: "POST", body: new FormData(button.form, button) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html"), answered = page.querySelector("[data-try]");
    if (!answer.ok || !answered || page.querySelector(".mistake, [role=alert].warn:not([data-try] *)")) throw new Error("the page has to tell more");
    place.replaceChildren(...answered.childNodes);
    place.querySelector("[role=status], [role=alert]")?.focus();
  } catch {
    place.setAttribute("data-plain", "");
    button.click();
  }
  place.classList.remove("busy");
  place.removeAttribute("aria-busy");
});
