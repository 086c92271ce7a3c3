import { afterAll, beforeAll, expect, test } from "vitest";
import { call, type House, openHouse, signIn } from "./house.ts";

type Text = Readonly<Record<"zh-CN" | "en", string>>;
const roles = [
  ...(["clerk", "officer", "officeHead", "handler", "signer", "reviewer", "supervisor", "mediator"] as const),
  ...(["talkOfficer", "chargeLeader", "analyst", "discipline", "unitAdmin"] as const),
];

let house: House;
beforeAll(async () => {
  const everyRole = roles.map((role) => ({ role, subtree: true }));
  house = await openHouse({
    now: "2026-03-02T02:00:00Z",
    people: [{ username: "all", unit: "BRIGADE", roles: everyRole }],
  });
  const admin = await signIn(house.url, "admin");
  const { revision, modules } = await call(house.url, admin, "modules.matrix", {});
  await call(house.url, admin, "modules.choose", {
    revision,
    changes: (modules as { id: string; state: string }[])
      .filter((one) => one.state === "active")
      .map(({ id }) => ({ unitId: house.units.get("BRIGADE"), pluginId: id, choice: "on", why: "登记簿" })),
  });
}, 120_000);
afterAll(() => house?.[Symbol.asyncDispose]());

interface Listed {
  readonly key: string;
  readonly title: Text;
  readonly module: Text;
  readonly register: boolean;
}

const INTRO = `# Registers 登记簿

What the desk lists under “Registers” (登记簿), \`/desk/registers\`: each with its columns, to be read there and taken out as CSV,
workbook or PDF. Who took it and when stands in every file, and the ledger has a line of it. The platform's own are there for
everybody at the desk, the others where their module is on, to whoever holds the permission that it asks for.

A register shows the petitions that its reader may open one by one, by the same predicate as every list, and no others: a
petition of which he must stay out, one complained of him and one above his level of confidentiality are not in it. What is
covered in a title is covered here. No register names a petitioner: who he is stays in the vault. Accusations stand in the
register of their discipline organ alone.

The page is written by \`tooling/e2e/src/registers.test.ts\` from the running platform, and the test fails when they differ
(\`vitest run tooling/e2e/src/registers.test.ts -u\` writes it anew).
`;

test("docs/registers.md has every register there is with its columns", async () => {
  const cookie = await signIn(house.url, "all");
  const listed = ((await call(house.url, cookie, "reports.list", {})) as Listed[]).filter((one) => one.register);
  const parts: string[] = [];
  for (const { key, title, module } of listed) {
    const { table } = (await call(house.url, cookie, "reports.run", { key, params: {} })) as {
      readonly table: { readonly columns: readonly { readonly title: Text }[] };
    };
    parts.push(
      [
        `## ${title.en} ${title["zh-CN"]}\n`,
        `\`${key}\`, ${module.en} ${module["zh-CN"]}\n`,
        "| 列 | column |\n|---|---|",
        ...table.columns.map((column) => `| ${column.title["zh-CN"]} | ${column.title.en} |`),
      ].join("\n"),
    );
  }

  expect(listed.map((one) => one.key)).toEqual(expect.arrayContaining(["kernel/petitions", "backlog/register"]));
  await expect(`${[INTRO, ...parts].join("\n\n").replaceAll("\n\n\n", "\n\n")}\n`).toMatchFileSnapshot(
    "../../../docs/registers.md",
  );
});
