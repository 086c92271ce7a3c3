import type { Encoding } from "@doorstep/sdk/sheets";
import type { TestHost } from "@doorstep/sdk/test";
import type { MappingInput } from "../mapping/mapping.ts";
import type server from "../server.ts";

export type Rpc = ReturnType<TestHost<typeof server>["as"]>;

/** Sends a file in pieces, as the page does. */
export async function upload(rpc: Rpc, fileName: string, bytes: Uint8Array): Promise<string> {
  const { importId, chunkBytes } = await rpc.begin.mutate({ fileName, size: bytes.byteLength });
  for (let no = 0; no * chunkBytes < bytes.byteLength; no += 1) {
    const piece = bytes.subarray(no * chunkBytes, (no + 1) * chunkBytes);
    await rpc.chunk.mutate({ importId, no, data: Buffer.from(piece).toString("base64") });
  }
  return importId;
}

export interface Asked {
  readonly mapping: MappingInput;
  readonly source: string;
  /** else the best guess */
  readonly encoding?: Encoding;
}

/** Uploads, confirms the best guess, and tries the file out. */
export async function dryRun(rpc: Rpc, fileName: string, bytes: Uint8Array, asked: Asked) {
  const importId = await upload(rpc, fileName, bytes);
  const inspection = await rpc.inspect.mutate({ importId });
  const encoding = asked.encoding ?? inspection.guesses[0]?.encoding ?? null;
  await rpc.configure.mutate({ importId, encoding, delimiter: null, mapping: asked.mapping, source: asked.source });
  for (;;) {
    const step = await rpc.check.mutate({ importId });
    if (step.done) return { ...step, encoding };
  }
}

export async function runToEnd(rpc: Rpc, importId: string) {
  for (;;) {
    const step = await rpc.run.mutate({ importId });
    if (step.done) return step;
  }
}

/** All rows of the report. */
export async function wholeReport(rpc: Rpc, importId: string, only: "bad" | "all") {
  const rows: Awaited<ReturnType<Rpc["report"]["query"]>>["items"] = [];
  for (let after: number | null = 0; after !== null; ) {
    const page: Awaited<ReturnType<Rpc["report"]["query"]>> = await rpc.report.query({
      importId,
      only,
      after,
      limit: 500,
    });
    rows.push(...page.items);
    after = page.next;
  }
  return rows;
}
