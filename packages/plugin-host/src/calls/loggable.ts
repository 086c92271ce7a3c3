type Facts = Readonly<Record<string, unknown>>;

const MESSAGE = /^[\x20-\x3f\x41-\x7e]{1,120}$/;
const NAME = /^[a-z][A-Za-z]{0,39}$/;
const CODE = /^[\w.:/-]{1,80}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** a telephone number, a number of a pass or a service card */
const LONG_NUMBER = /\d{6,}/;
const WITHHELD = "withheld";
const MOST_FACTS = 12;

function told(value: unknown): unknown {
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "string") return WITHHELD;
  return UUID.test(value) || (CODE.test(value) && !LONG_NUMBER.test(value)) ? value : WITHHELD;
}

/**
 * What of a module's own line goes into the log: a short English sentence, and facts that are numbers, ids, codes or days.
 * Whatever could be what somebody wrote, or who he is, is withheld; that something was withheld is said.
 */
export function loggable(message: string, facts?: unknown): { readonly message: string; readonly facts: Facts } {
  const kept = Object.entries(typeof facts === "object" && facts !== null ? facts : {})
    .filter(([name]) => NAME.test(name))
    .slice(0, MOST_FACTS);
  return {
    message: MESSAGE.test(message) && !LONG_NUMBER.test(message) ? message : `${WITHHELD}: no plain English sentence`,
    facts: Object.fromEntries(kept.map(([name, value]) => [name, told(value)])),
  };
}
