// Pages work without this: it adds the focus on errors and the guard against a double press.
import { Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, SkipLink, createAll } from "./govuk-frontend.min.js";

// A browser that reads this module is one that the components support.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
// Radios are left out: the style sheet shows what belongs to a choice, and needs no attribute that radio
// buttons may not have.
for (const component of [Button, CharacterCount, Checkboxes, ErrorSummary, ExitThisPage, SkipLink]) {
  createAll(component);
}

// Whoever leaves quickly has given the page up: sent again from the browser's history it shows nothing.
const leave = document.querySelector("form.leave");
window.addEventListener("pagehide", () => {
  if (leave && document.body.classList.contains("govuk-exit-this-page-hide-content")) {
    navigator.sendBeacon(leave.action, new URLSearchParams(new FormData(leave)));
  }
});

// A browser may keep a whole page to go back to. One that held somebody's answers begins afresh instead.
window.addEventListener("pageshow", (event) => {
  const begin = document.body.dataset.begin;
  if (event.persisted && begin) {
    document.body.hidden = true;
    window.location.replace(begin);
  }
});
