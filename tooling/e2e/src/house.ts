import {
  type SeedPerson,
  type SeedUnit,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
  type TestServerOptions,
} from "@doorstep/server/testing";

/** A small house for a browser test: a brigade, a battalion below it, one person in each role, modules on. */
export interface House extends AsyncDisposable {
  readonly server: TestServer;
  readonly url: string;
  readonly units: ReadonlyMap<string, string>;
  readonly password: string;
}

export interface HouseOptions {
  readonly now?: string;
  readonly env?: NonNullable<TestServerOptions["env"]>;
  /** beside those every house has */
  readonly units?: readonly SeedUnit[];
  readonly people?: readonly SeedPerson[];
}

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const { units: more = [], people = [], ...rest } = options;
  const server = await startTestServer(rest);
  const { units } = await seedPeople(
    server,
    [{ code: "BRIGADE" }, { code: "FIRST", parent: "BRIGADE" }, ...more],
    [
      { username: "clerk", unit: "FIRST", roles: [{ role: "clerk" }] },
      { username: "officer", unit: "FIRST", roles: [{ role: "officer" }] },
      { username: "handler", unit: "FIRST", roles: [{ role: "handler" }] },
      { username: "signer", unit: "FIRST", roles: [{ role: "signer" }] },
      { username: "reviewer", unit: "BRIGADE", roles: [{ role: "reviewer" }] },
      { username: "admin", unit: "BRIGADE", roles: [{ role: "platformAdmin", subtree: true }] },
      { username: "soldier", unit: "FIRST" },
      ...people,
    ],
  );
  const { pool } = server.database;
  const { newId } = server.platform.kernel;
  for (const [code, unitId] of units) {
    for (const [kind, zh, en] of [
      ["petitionOffice", "信访办", "Petition office"],
      ["disciplineOrgan", "纪委", "Discipline organ"],
    ])
      await pool.query(
        "insert into kernel.offices (id, unit_id, kind, name_zh, name_en, phone, valid_from) values ($1, $2, $3, $4, $5, '010-1000', '2020-01-01')",
        [newId(), unitId, kind, zh, `${en} ${code}`],
      );
  }
  await choose(server.url, units.get("BRIGADE"), "online-petition", "on");
  return {
    server,
    url: server.url,
    units,
    password: TEST_PASSWORD,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** Switches a module on or off at a unit and below, as the administrator. */
export async function choose(
  url: string,
  unitId: string | undefined,
  pluginId: string,
  choice: "on" | "off",
): Promise<void> {
  const admin = await signIn(url, "admin");
  const { revision } = await call(url, admin, "modules.matrix", {});
  await call(url, admin, "modules.choose", { revision, changes: [{ unitId, pluginId, choice, why: "试点" }] });
}

/** Signs in without a browser; gives the session cookie. */
export async function signIn(url: string, username: string, password: string = TEST_PASSWORD): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/username`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ username, password }),
  });
  if (!answer.ok) throw new Error(`${username} could not sign in: ${answer.status} ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((c) => c.split(";")[0])
    .join("; ");
}

// biome-ignore lint/suspicious/noExplicitAny: the contract types what the apps use; here a test prepares its ground.
export async function call(url: string, cookie: string, path: string, input: unknown, unitId?: string): Promise<any> {
  const answer = await fetch(`${url}/rpc/${path}`, {
    method: "POST",
    headers: {
      ...{ "content-type": "application/json", origin: url, cookie },
      ...(unitId !== undefined && { "x-doorstep-unit": unitId }),
    },
    body: JSON.stringify(input),
  });
  const body = (await answer.json()) as { result?: { data: unknown }; error?: { data: { code: string } } };
  if (body.error) throw new Error(`${path}: ${JSON.stringify(body.error.data)}`);
  return body.result?.data;
}
