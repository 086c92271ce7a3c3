import { clockNames, errorCatalogue, kernelContract, noticeNames, rolePermissions, roles } from "@doorstep/contracts";
import { eventNames, transitions } from "@doorstep/kernel";

const generated = "<!-- Made by `pnpm --filter @doorstep/tooling-docs generate`; do not edit. -->\n";
const row = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const errors = (): string =>
  [
    "# Errors",
    generated,
    "Every refusal somebody may have to act on. The code stands in the answer as `data.code`, is the key of the text on",
    "the screen, and the anchor of this page. Anything else is a defect: it is answered with `unexpected` and a number",
    "under which the log has the cause.",
    "",
    ...Object.entries(errorCatalogue).map(
      ([code, e]) => `<a id="${code}"></a>\n**\`${code}\`** (${e.transport})\n\n${e.text["zh-CN"]}\n\n${e.text.en}\n`,
    ),
  ].join("\n");

const lifeCycle = (): string =>
  [
    "# The life of a case",
    generated,
    "One row a transition. Commands, buttons, refusals and tests come out of this table",
    "(`packages/kernel/src/life-cycle/table.ts`).",
    "",
    table(
      ["#", "act", "from → to", "who", "guards", "documents", "clocks", "source"],
      transitions.map((t) => [
        t.id,
        t.act,
        `${t.from === "-" ? "–" : t.from.join(", ")} → ${t.to}`,
        t.who.map((w) => `${w.role} @${w.at}`).join(", "),
        t.guards.map((g) => g.id).join(", ") || "–",
        t.notice.join(", ") || "–",
        t.clocks.map((c) => ("role" in c ? `${c.do} ${c.role}` : "stop all")).join(", ") || "–",
        t.source,
      ]),
    ),
    "",
    "## Clocks",
    "",
    "Lengths come from the policy pack that a case pins, never from code.",
    "",
    table(
      ["code", "中文", "English"],
      Object.entries(clockNames).map(([code, n]) => [code, n["zh-CN"], n.en]),
    ),
    "",
    "## Documents",
    "",
    table(
      ["code", "中文", "English"],
      Object.entries(noticeNames).map(([code, n]) => [code, n["zh-CN"], n.en]),
    ),
    "",
    "## Events",
    "",
    table(
      ["event", "中文", "English"],
      Object.entries(eventNames).map(([code, n]) => [code, n["zh-CN"], n.en]),
    ),
    "",
  ].join("\n");

const procedures = (): string =>
  [
    "# Kernel procedures",
    generated,
    "Address: `POST /rpc/<group>.<name>`. Access: `public` anybody; `petitioner` whoever holds the case's return code or",
    "is its petitioner's account; `signedIn` any account; else the permission, held at some unit.",
    "",
    table(
      ["procedure", "kind", "access"],
      Object.entries(kernelContract).flatMap(([group, list]) =>
        Object.entries(list).map(([name, p]) => [`${group}.${name}`, p.kind, p.access]),
      ),
    ),
    "",
    "## Permissions by role",
    "",
    table(
      ["role", "permissions"],
      roles.map((r) => [r, rolePermissions[r].join(", ") || "–"]),
    ),
    "",
  ].join("\n");

/** Path below docs/ -> text. */
export const pages = (): Readonly<Record<string, string>> => ({
  "errors.md": errors(),
  "rules/life-cycle.md": lifeCycle(),
  "rules/procedures.md": procedures(),
});
