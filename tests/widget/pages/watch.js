// What tests look at: policy violations, and anything that hostile data might have run.
window.violations = [];
document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => window.violations.push(`${violatedDirective} ${blockedURI}`));
window.alerts = [];
window.alert = (text) => window.alerts.push(text);
window.heard = [];
for (const name of ["truc-ready", "truc-open", "truc-close", "truc-message", "truc-unread", "truc-link"]) {
  document.addEventListener(name, ({ detail }) => window.heard.push([name, detail]));
}
