/** Buttons of the page: questions go to the widget, wishes wait in it, "print" prints, a language that is chosen is remembered. */

const widget = () => document.querySelector("truc-chat");

document.addEventListener("click", (event) => {
  const asked = event.target.closest("[data-ask]");
  if (asked) asked.dataset.ask ? widget().send(asked.dataset.ask) : widget().open();
  const prefilled = event.target.closest("[data-prefill]");
  if (prefilled) widget().prefill(prefilled.dataset.prefill);
  if (event.target.closest("[data-print]")) window.print();
  const language = event.target.closest("[data-language]");
  if (language) {
    document.cookie = `truc_lang=${language.dataset.language}; path=/; max-age=31536000; samesite=lax`;
    widget()?.setLanguage?.(language.dataset.language);
  }
});
