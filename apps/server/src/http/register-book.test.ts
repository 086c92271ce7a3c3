import { readWorkbook } from "@doorstep/sdk/sheets";
import { expect, test } from "vitest";
import { openBrowser } from "../testing/browser.ts";
import { seedPeople, TEST_PASSWORD } from "../testing/seed-people.ts";
import { startTestServer } from "../testing/start-test-server.ts";

async function house() {
  const server = await startTestServer();
  const { units } = await seedPeople(
    server,
    [{ code: "BRIGADE" }, { code: "FIRST", parent: "BRIGADE" }],
    [
      { username: "clerk", unit: "FIRST", roles: [{ role: "clerk" }] },
      { username: "admin", unit: "BRIGADE", roles: [{ role: "platformAdmin", subtree: true }] },
    ],
  );
  return { server, first: units.get("FIRST") ?? "" };
}

test("a register comes as a workbook of what its reader may open, and the ledger says who took it", async () => {
  const { server, first } = await house();
  await using _ = server;
  const cookieOf = async (username: string) => {
    const browser = openBrowser(server.url);
    await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
    return browser;
  };
  const clerk = await cookieOf("clerk");
  for (const n of [1, 2, 3])
    await clerk.post("/rpc/intake.fileAtDesk", {
      ...{ key: `book-test-filing-${n}`, unitId: first, via: "letter", purpose: "solve", title: `=${n} 津贴` },
      ...{ body: "少发一档。", anonymity: "anonymous", readBack: true },
    });
  const take = (browser: typeof clerk, body: object) =>
    fetch(`${server.url}/rpc/reports.book`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: server.url,
        cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
      },
      body: JSON.stringify(body),
    });

  const answer = await take(clerk, { key: "kernel/petitions", locale: "en" });

  expect(answer.headers.get("content-disposition")).toBe('attachment; filename="kernel-petitions.xlsx"');
  const lines = [];
  for await (const { cells } of readWorkbook(new Uint8Array(await answer.arrayBuffer()))) lines.push(cells);
  expect(lines.map((cells) => cells[4])).toEqual(["Title", "=3 津贴", "=2 津贴", "=1 津贴", undefined]);
  expect(lines.at(-1)?.[0]).toMatch(/clerk/);
  const { rows } = await server.database.pool.query(
    "select body::jsonb -> 'facts' as facts from kernel.ledger where type = 'data.exported'",
  );
  expect(rows).toEqual([{ facts: { what: "report", report: "kernel/petitions", format: "xlsx", unit: first } }]);

  const refusal = async (browser: typeof clerk, body: object) => {
    const answered = (await (await take(browser, body)).json()) as { code: string };
    return answered.code;
  };
  expect(await refusal(openBrowser(server.url), { key: "kernel/petitions" })).toBe("unauthorized");
  expect(await refusal(await cookieOf("admin"), { key: "kernel/petitions" })).toBe("forbidden");
  expect(await refusal(clerk, { key: "kernel/accusations" })).toBe("forbidden");
  expect(await refusal(clerk, { key: "kernel/toString" })).toBe("module.notFound");
  expect(await refusal(clerk, { key: "indicators/x" })).toBe("module.notFound");
  expect(await refusal(clerk, { key: "kernel/petitions", params: { from: "yesterday" } })).toBe("input.invalid");
});
