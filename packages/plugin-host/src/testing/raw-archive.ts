import { createPublicKey } from "node:crypto";
import type { ArchiveManifest } from "@doorstep/sdk";
import { MANIFEST, SERVER, SIGNATURE, sha384 } from "../archive/check-archive.ts";
import { createSigningKey, keyIdOf, type Publisher, signManifest } from "../archive/signature.ts";
import { writeArchive } from "../archive/write-archive.ts";

/** A publisher with the key to sign with. */
export function testPublisher(name: string): { readonly privateKey: string; readonly publisher: Publisher } {
  const { privateKey, publicKey } = createSigningKey();
  return { privateKey, publisher: { keyId: keyIdOf(createPublicKey(publicKey)), name, publicKey } };
}

/** The line to the host, in code that stands on nothing: what a stranger would write. */
export const LINE = `import { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";
import { parentPort } from "node:worker_threads";
const line = parentPort ? null : new Socket({ fd: 3, readable: true, writable: true });
line?.on("close", () => process.exit(0));
const sized = (body) => Buffer.concat([Buffer.from(new Uint8Array([24, 16, 8, 0].map((n) => body.length >> n))), body]);
const post = (m) => (parentPort ? parentPort.postMessage(m) : line.write(sized(serialize(m))));
const hear = (f) => {
  if (parentPort) return parentPort.on("message", f);
  let rest = Buffer.alloc(0);
  line.on("data", (piece) => {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const end = 4 + rest.readUInt32BE();
      f(deserialize(rest.subarray(4, end)));
      rest = rest.subarray(end);
    }
  });
};
const ready = { type: "ready", policyPacks: [], calendars: [], extend: [] };
const answer = (call, value) =>
  post({ type: "done", call, value: { status: 200, body: JSON.stringify({ result: { data: value } }), defect: null } });
`;

export interface RawArchive {
  readonly id: string;
  readonly version?: string;
  /** the whole of `server.mjs` */
  readonly server: string;
  readonly privateKey?: string;
  readonly manifest?: Partial<ArchiveManifest>;
  readonly files?: Readonly<Record<string, string>>;
  /** changes the files after everything was hashed and signed */
  readonly tamper?: (files: Map<string, Buffer>) => void;
}

/** An archive written by hand, with one public procedure `go`: honest or not. */
export async function rawArchive(raw: RawArchive): Promise<Buffer> {
  const files = new Map<string, Buffer>([[SERVER, Buffer.from(raw.server)]]);
  for (const [name, text] of Object.entries(raw.files ?? {})) files.set(name, Buffer.from(text));
  const title = { "zh-CN": `模块${raw.id}`, en: `Module ${raw.id}` };
  const manifest: ArchiveManifest = {
    format: 1,
    protocol: 1,
    id: raw.id,
    version: raw.version ?? "1.0.0",
    title,
    purpose: title,
    sdk: "^1.0.0",
    requires: {},
    capabilities: [],
    permissions: {},
    onByDefault: true,
    settings: { type: "object", properties: {} },
    contributions: [],
    ui: {},
    procedures: { go: { kind: "mutation", needs: "public" } },
    ...raw.manifest,
    files: Object.fromEntries([...files].map(([name, bytes]) => [name, sha384(bytes)])),
  };
  const written = Buffer.from(JSON.stringify(manifest));
  files.set(MANIFEST, written);
  if (raw.privateKey !== undefined)
    files.set(SIGNATURE, Buffer.from(JSON.stringify(signManifest(written, raw.privateKey))));
  raw.tamper?.(files);
  return await writeArchive(files);
}
