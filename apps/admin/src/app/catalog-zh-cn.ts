import account from "../account/zh-CN.json" with { type: "json" };
import audit from "../audit/zh-CN.json" with { type: "json" };
import backups from "../backups/zh-CN.json" with { type: "json" };
import calendars from "../calendars/zh-CN.json" with { type: "json" };
import help from "../help/zh-CN.json" with { type: "json" };
import importing from "../import/zh-CN.json" with { type: "json" };
import installed from "../installed/zh-CN.json" with { type: "json" };
import modules from "../modules/zh-CN.json" with { type: "json" };
import names from "../names/zh-CN.json" with { type: "json" };
import overview from "../overview/zh-CN.json" with { type: "json" };
import people from "../people/zh-CN.json" with { type: "json" };
import policies from "../policies/zh-CN.json" with { type: "json" };
import retention from "../retention/zh-CN.json" with { type: "json" };
import settings from "../settings/zh-CN.json" with { type: "json" };
import systems from "../systems/zh-CN.json" with { type: "json" };
import texts from "../texts/zh-CN.json" with { type: "json" };
import themes from "../themes/zh-CN.json" with { type: "json" };
import topics from "../topics/zh-CN.json" with { type: "json" };
import units from "../units/zh-CN.json" with { type: "json" };
import app from "./zh-CN.json" with { type: "json" };

/** The source language: its keys are the keys there are. */
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
