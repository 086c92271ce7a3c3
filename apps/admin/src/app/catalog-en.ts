import account from "../account/en.json" with { type: "json" };
import audit from "../audit/en.json" with { type: "json" };
import backups from "../backups/en.json" with { type: "json" };
import calendars from "../calendars/en.json" with { type: "json" };
import help from "../help/en.json" with { type: "json" };
import importing from "../import/en.json" with { type: "json" };
import installed from "../installed/en.json" with { type: "json" };
import modules from "../modules/en.json" with { type: "json" };
import names from "../names/en.json" with { type: "json" };
import overview from "../overview/en.json" with { type: "json" };
import people from "../people/en.json" with { type: "json" };
import policies from "../policies/en.json" with { type: "json" };
import retention from "../retention/en.json" with { type: "json" };
import settings from "../settings/en.json" with { type: "json" };
import systems from "../systems/en.json" with { type: "json" };
import texts from "../texts/en.json" with { type: "json" };
import themes from "../themes/en.json" with { type: "json" };
import topics from "../topics/en.json" with { type: "json" };
import units from "../units/en.json" with { type: "json" };
import app from "./en.json" with { type: "json" };

/** Complete: a test compares its keys with the Chinese ones. */
const catalog = {
  account,
  app,
  audit,
  backups,
  calendars,
  help,
  importing,
  installed,
  modules,
  names,
  overview,
  people,
  policies,
  retention,
  settings,
  systems,
  texts,
  themes,
  topics,
  units,
};
// biome-ignore lint/style/noDefaultExport: a catalogue is one value
export default catalog;
