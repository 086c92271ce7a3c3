import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Language = "zh-CN" | "en";

const root = join(import.meta.dirname, "..", "..", "..");
const files = {
  access: "apps/portal/src/desk/access",
  account: "apps/portal/src/people/account",
  acts: "apps/portal/src/desk/acts",
  approvals: "apps/portal/src/desk/approvals",
  case: "apps/portal/src/people/case",
  commands: "apps/portal/src/desk/commands",
  desk: "apps/portal/src/desk/names",
  deskCase: "apps/portal/src/desk/case",
  filing: "plugins/online-petition/src/ui",
  handover: "apps/portal/src/desk/handover",
  hotline: "plugins/hotline/src/ui",
  identity: "apps/portal/src/desk/identity",
  kin: "apps/portal/src/desk/kin",
  letters: "apps/portal/src/desk/letters",
  notifications: "apps/portal/src/notifications",
  own: "apps/portal/src/people/case/own-acts",
  quarantine: "apps/portal/src/desk/quarantine",
  letterDesk: "plugins/letter-desk/src/ui",
  mailIn: "plugins/mail-in/src/ui",
  receipt: "apps/portal/src/people/receipt",
  queue: "apps/portal/src/desk/queue",
  recusals: "apps/portal/src/desk/recusals",
  register: "apps/portal/src/desk/register",
  reports: "apps/portal/src/desk/reports",
  repeats: "apps/portal/src/desk/repeats",
  shared: "apps/portal/src/desk/shared",
  shell: "apps/portal/src/shell",
  signIn: "apps/portal/src/people/sign-in",
  track: "apps/portal/src/people/track",
  units: "apps/portal/src/desk/units",
  duty: "apps/portal/src/desk/duty",
  proof: "apps/portal/src/desk/proof",
  retaliation: "apps/portal/src/desk/retaliation",
  ownActs: "apps/portal/src/people/case/own-acts",
  adminUnits: "apps/admin/src/units",
  installed: "apps/admin/src/installed",
  modules: "apps/admin/src/modules",
  settings: "apps/admin/src/settings",
  systems: "apps/admin/src/systems",
  visitDesk: "plugins/visit-desk/src/ui",
  urged: "apps/portal/src/desk/urged",
  proposals: "apps/portal/src/desk/proposals",
  tasks: "apps/portal/src/desk/tasks",
} as const;

interface Messages {
  readonly [key: string]: string | Messages;
}

/** What the screens say, by catalogue and key: a test speaks the language of the page without repeating its sentences. */
export function wordsOf(
  language: Language,
): (catalogue: keyof typeof files, key: string, values?: Readonly<Record<string, string>>) => string {
  const read = (folder: string): Messages => JSON.parse(readFileSync(join(root, folder, `${language}.json`), "utf8"));
  const catalogues = new Map<string, Messages>();
  return (catalogue, key, values = {}) => {
    const messages = catalogues.get(catalogue) ?? read(files[catalogue]);
    catalogues.set(catalogue, messages);
    const flat = messages[key];
    const found =
      typeof flat === "string"
        ? flat
        : key
            .split(".")
            .reduce<string | Messages | undefined>(
              (at, part) => (typeof at === "object" ? at[part] : undefined),
              messages,
            );
    if (typeof found !== "string") throw new Error(`no text ${catalogue}:${key} in ${language}`);
    return found.replace(/\{\{?(\w+)\}?\}/g, (_, name: string) => values[name] ?? "");
  };
}
