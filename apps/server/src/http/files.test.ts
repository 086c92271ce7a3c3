import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { MAX_FONT_MB } from "@doorstep/kernel";
import { smallFont } from "@doorstep/kernel/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Browser,
  openBrowser,
  seedPeople,
  startTestServer,
  TEST_PASSWORD,
  type TestServer,
} from "../testing/index.ts";

let server: TestServer;
let units: ReadonlyMap<string, string>;
let people: ReadonlyMap<string, string>;

beforeAll(async () => {
  server = await startTestServer();
  ({ units, people } = await seedPeople(
    server,
    [{ code: "root" }, { code: "left", parent: "root" }, { code: "right", parent: "root" }],
    [
      { username: "left-officer", unit: "left", roles: [{ role: "officer" }] },
      { username: "right-officer", unit: "right", roles: [{ role: "officer" }] },
      { username: "root-officer", unit: "root", roles: [{ role: "officer", subtree: true }] },
      { username: "root-flat", unit: "root", roles: [{ role: "officer" }] },
      { username: "root-clerk", unit: "root", roles: [{ role: "clerk", subtree: true }] },
      { username: "root-admin", unit: "root", roles: [{ role: "platformAdmin", subtree: true }] },
      { username: "left-recused", unit: "left", roles: [{ role: "officer" }] },
    ],
  ));
});
afterAll(() => server.stop());

/** A small real picture with a place and a device in it. */
const jpeg = (() => {
  const bytes = Buffer.from(
    "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAA//EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AP//Z",
    "base64",
  );
  const exif = Buffer.from("Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0 GPS 39.9042N 116.4074E", "latin1");
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2]);
  return Buffer.concat([bytes.subarray(0, 2), head, exif, bytes.subarray(2)]);
})();
const pdf = Buffer.from("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");

const put = (content: Uint8Array, name = "证据.jpg", headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.url}/rpc/files.put`, {
    method: "POST",
    headers: { "content-type": "application/octet-stream", "x-file-name": encodeURIComponent(name), ...headers },
    body: content as BodyInit,
  });
const kept = async (content: Uint8Array, name?: string) => (await (await put(content, name)).json()).result.data;

/** Ties a file to a case of the left unit, at a level. */
async function claim(fileId: string, confidentiality = 1, visibility = "petitioner"): Promise<string> {
  const { pool } = server.database;
  const id = server.platform.kernel.newId();
  await pool.query(
    `insert into kernel.cases (id, case_no, intake_unit_id, holder_unit_id, status, channel, channel_label_zh,
       channel_label_en, track, purpose, confidentiality, anonymity, title, body, pack, pack_version, calendar,
       received_at, entered_at, version, ledger_seq, ledger_hash)
     values ($1::uuid, $1::uuid::text, $2, $2, 'received', 'online', '', '', 'ordinary', 'solve', $3, 'named', 't', 'b', 'p', '1', 'c',
       now(), now(), 1, 1, '')`,
    [id, units.get("left"), confidentiality],
  );
  for (const [depth, unit] of ["left", "root"].entries()) {
    await pool.query(
      `insert into kernel.case_audience (key, case_id, due, received, depth, conf, status, open, channel, holder)
       values ($1, $2, now(), now(), $3, $4, 'received', true, 'online', $5)`,
      [units.get(unit), id, depth, confidentiality, units.get("left")],
    );
  }
  await pool.query("insert into kernel.recusals values ($1, $2, 'self', 'asked', '', null, now())", [
    people.get("left-recused"),
    id,
  ]);
  await pool.query("update kernel.files set case_id = $2, visibility = $3 where id = $1", [fileId, id, visibility]);
  return id;
}

async function as(username: string): Promise<Browser> {
  const browser = openBrowser(server.url);
  await browser.post("/api/auth/sign-in/username", { username, password: TEST_PASSWORD });
  return browser;
}

async function get(fileId: string, browser: Browser): Promise<Response> {
  return await fetch(`${server.url}/rpc/files.get`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    },
    body: JSON.stringify({ fileId }),
  });
}

function storedFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("a file", () => {
  it("comes back to whoever sees its case, without place and device, as a download no browser runs", async () => {
    const file = await kept(jpeg, "院子 里.jpg");
    expect(file).toMatchObject({ name: "院子 里.jpg", type: "image/jpeg", scanned: false });
    await claim(file.id);
    const response = await get(file.id, await as("left-officer"));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename*=UTF-8''${encodeURIComponent("院子 里.jpg")}`,
    );
    expect(response.headers.get("content-security-policy")).toMatch(/sandbox/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const content = Buffer.from(await response.arrayBuffer());
    expect(content.length).toBe(file.size);
    expect(content.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(content.toString("latin1")).not.toContain("GPS");
  });

  it("lies encrypted on the disk, under the hash of what lies there", async () => {
    await kept(Buffer.concat([pdf, Buffer.from("a sentence nobody may read")]));
    const stored = storedFiles(join(server.dataDir, "files"));
    expect(stored.length).toBeGreaterThan(0);
    for (const path of stored) expect(readFileSync(path).includes("nobody may read")).toBe(false);
    expect(stored.every((path) => /[0-9a-f]{2}\/[0-9a-f]{64}$/.test(path))).toBe(true);
  });

  it("is found by exactly those who see the case, and for all others does not exist", async () => {
    const [one, two] = [await kept(jpeg), await kept(jpeg)];
    await claim(one.id, 1);
    await claim(two.id, 2);
    const seen: Record<string, [number, number]> = {};
    for (const username of people.keys()) {
      const browser = await as(username);
      seen[username] = [(await get(one.id, browser)).status, (await get(two.id, browser)).status];
    }
    expect(seen).toEqual({
      "left-officer": [200, 200],
      "right-officer": [404, 404],
      "root-officer": [200, 200],
      "root-flat": [404, 404],
      "root-clerk": [200, 404],
      "root-admin": [404, 404],
      "left-recused": [404, 404],
    });
  });

  it("answers the same for one of others, an unclaimed and an unknown one", async () => {
    const [others, unclaimed] = [await kept(pdf, "a.pdf"), await kept(pdf, "b.pdf")];
    await claim(others.id);
    const browser = await as("right-officer");
    const texts: string[] = [];
    for (const id of [others.id, unclaimed.id, server.platform.kernel.newId()]) {
      const response = await get(id, browser);
      const body = await response.json();
      expect([response.status, body.code]).toEqual([404, "file.notFound"]);
      texts.push(JSON.stringify(body).replaceAll(body.requestId, ""));
    }
    expect(new Set(texts).size).toBe(1);
    expect((await get(others.id, openBrowser(server.url))).status).toBe(404);
  });

  it("meant for the desk alone is not the petitioner's", async () => {
    const { kernel } = server.platform;
    const { writeCodeCookie } = await import("./code-cookie.ts");
    const [shown, inner] = [await kept(pdf), await kept(pdf)];
    for (const [file, visibility, status] of [
      [shown, "petitioner", 200],
      [inner, "internal", 404],
    ] as const) {
      const caseId = await claim(file.id, 2, visibility);
      const browser = openBrowser(server.url);
      browser.cookies.set(
        "t_case",
        writeCodeCookie(kernel.keys.derive("cookie:case"), { caseId, mandateId: null }, kernel.now()),
      );
      expect((await get(file.id, browser)).status).toBe(status);
    }
  });

  it.each([
    ["nothing", Buffer.alloc(0), "file.empty"],
    ["a program", Buffer.from("#!/bin/sh\nrm -rf /\n"), "file.type"],
    ["a page named as a picture", Buffer.from("<!doctype html><script>alert(1)</script>"), "file.type"],
    ["a drawing that may hold scripts", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "file.type"],
    ["an archive", Buffer.from("504b0506000000000000000000000000000000000000", "hex"), "file.type"],
    ["a picture that ends at once", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), "file.type"],
  ])("is refused when it is %s", async (_name, content, code) => {
    const response = await put(content, "photo.jpg");
    expect(response.status).toBe(400);
    expect((await response.json()).code).toBe(code);
  });

  it("is refused by its stated and by its true length, and leaves nothing behind", async () => {
    const before = storedFiles(join(server.dataDir, "files")).length;
    const stated = await new Promise<number | undefined>((resolve, reject) => {
      const sending = request(`${server.url}/rpc/files.put`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream", "content-length": String(51 * 1_024 * 1_024) },
      });
      sending.on("response", (response) => resolve(response.statusCode)).on("error", reject);
      sending.write(pdf);
    });
    expect(stated).toBe(413);
    let sent = 0;
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(sent === 0 ? pdf : Buffer.alloc(1_024 * 1_024, 32));
        sent += 1;
        if (sent > 60) controller.close();
      },
    });
    const response = await fetch(`${server.url}/rpc/files.put`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream", "x-file-name": "long.pdf" },
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: "file.tooLarge", params: { maxMb: 50 } });
    expect(storedFiles(join(server.dataDir, "files")).length).toBe(before);
  });

  it("that stops arriving leaves nothing behind and is no defect", async () => {
    const before = storedFiles(join(server.dataDir, "files")).length;
    await new Promise<void>((resolve) => {
      const sending = request(`${server.url}/rpc/files.put`, {
        method: "POST",
        headers: { "content-type": "application/octet-stream", "content-length": "100000" },
      });
      sending.on("error", () => resolve());
      sending.write(pdf);
      setTimeout(() => sending.destroy(), 100);
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(storedFiles(join(server.dataDir, "files")).length).toBe(before);
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics.split("\n").find((line) => line.startsWith("doorstep_defects_total"))).toBe(
      "doorstep_defects_total 0",
    );
  });

  it.each([
    ["half a percent", "%E4%B", 400],
    ["a path", encodeURIComponent("../../etc/passwd"), 200],
    ["control characters", encodeURIComponent("a\r\nSet-Cookie: x=1\0.pdf"), 200],
    ["an endless name", encodeURIComponent(`${"长".repeat(900)}.pdf`), 200],
    ["half a character", "%ED%A0%80", 400],
  ])("with %s as its name does no harm", async (_name, header, status) => {
    const response = await put(pdf, "", { "x-file-name": header });
    expect(response.status).toBe(status);
    const { name = "" } = (await response.json()).result?.data ?? {};
    expect(name).not.toMatch(/[/\\\p{Cc}]/u);
    expect([...name].length).toBeLessThanOrEqual(120);
  });
});

describe("a face for letters", () => {
  async function send(username: string | null, body: Uint8Array, type = "application/octet-stream") {
    const { cookies } = username ? await as(username) : { cookies: new Map<string, string>() };
    const response = await fetch(`${server.url}/rpc/texts.putFont`, {
      method: "POST",
      headers: { "content-type": type, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      body: body as BodyInit,
    });
    return { status: response.status, answer: await response.json() };
  }
  const codeOf = async (...sent: Parameters<typeof send>) => (await send(...sent)).answer.error?.data.code;

  it("is kept under the hash of its bytes when somebody who words letters sends a whole one", async () => {
    const font = smallFont("您好");
    const { answer } = await send("root-admin", font);
    const { rows } = await server.database.pool.query(
      "select hash, bytes from kernel.fonts where hash = encode(sha256($1), 'hex')",
      [font],
    );
    expect(answer.result.data).toEqual({
      font: rows[0]?.hash,
      name: "Noto Serif SC Black",
      size: font.length,
      characters: 2,
    });
    expect(font.equals(rows[0]?.bytes)).toBe(true);
  });

  it("is refused from anybody else, in another form, too large, empty, or no font at all", async () => {
    const font = smallFont("您");
    expect(await codeOf(null, font)).toBe("unauthorized");
    expect(await codeOf("left-officer", font)).toBe("forbidden");
    expect(await codeOf("root-admin", font, "application/json")).toBe("request.unknown");
    expect(await codeOf("root-admin", new Uint8Array(0))).toBe("file.empty");
    expect(await codeOf("root-admin", pdf)).toBe("font.notTrueType");
    expect(await send("root-admin", new Uint8Array(MAX_FONT_MB * 1_048_576 + 1))).toMatchObject({
      status: 413,
      answer: { params: { maxMb: MAX_FONT_MB } },
    });
    const more = await Promise.all([1, 2, 3, 4].map(() => send("root-admin", pdf)));
    expect(more.map((one) => one.status)).toContain(429);
  });
});
