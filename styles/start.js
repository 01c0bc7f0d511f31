// Pages work without this: it adds the focus on errors and the guard against a double press.
import { initAll } from "./govuk-frontend.min.js";

initAll();
