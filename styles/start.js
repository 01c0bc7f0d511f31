// Pages work without this: it adds the focus on errors and the guard against a double press.
import { initAll } from "./govuk-frontend.min.js";

// A browser that reads this module is one that the components support.
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
