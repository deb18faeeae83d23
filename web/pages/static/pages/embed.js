/** The page for webmasters: what is chosen shows in the snippet and on the widget beside it; snippets are copied. */

const code = document.querySelector("[data-snippet]");
const options = document.querySelector("[data-options]");
const widget = document.querySelector("truc-chat");
const plain = code.textContent;

function show() {
  const chosen = [...new FormData(options)].filter(([name, value]) => value && (name === "lang" || value !== "auto"));
  const written = chosen.map(([name, value]) => ` ${name}="${value}"`).join("");
  code.textContent = plain.replace(' lang="auto"', written);
  for (const [name, value] of new FormData(options)) {
    if (value && value !== "auto") widget.setAttribute(name, value);
    else if (name !== "lang") widget.removeAttribute(name);
  }
  const place = options.elements.place.selectedOptions[0];
  if (place.value) widget.setAttribute("place-name", place.textContent);
  else widget.removeAttribute("place-name");
}

options.addEventListener("change", show);

document.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const label = (button.dataset.label ??= button.textContent);
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent);
  button.textContent = button.dataset.copied;
  setTimeout(() => (button.textContent = label), 2500);
});
