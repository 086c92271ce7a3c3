import { Readable } from "node:stream";
import { DoorstepError } from "@doorstep/contracts";
import {
  assertTaking,
  type Blobs,
  type Bytes,
  type KeptFile,
  type Kernel,
  keepFile,
  MAX_FILE_MB,
  openFile,
  readContent,
} from "@doorstep/kernel";
import type { Context } from "hono";
import { z } from "zod";
import { wrongForm } from "./answers.ts";
import { type ContextOf, fileAddress, type Handle, unrestricted } from "./file-address.ts";
import type { HttpEnv } from "./http-env.ts";
import { createLimiter } from "./limits.ts";
import { SANDBOX_POLICY } from "./security-headers.ts";

export interface FileRoutesOptions {
  readonly kernel: Kernel;
  readonly blobs: Blobs;
  readonly context: ContextOf;
}

const MB = 1_024 * 1_024;
/** Twenty files of one petition at once, then one every ten seconds, from one address. */
const BURST = 40;
const PER_MINUTE = 6;

/**
 * Takes the body in as a file while it arrives; its name stands in `X-File-Name`.
 *
 * @throws DoorstepError `file.tooLarge`, `file.empty`, `file.type`, `service.full`
 */
export async function takeFile(c: Context<HttpEnv>, kernel: Kernel, blobs: Blobs): Promise<KeptFile> {
  if (Number(c.req.header("content-length") ?? 0) > MAX_FILE_MB * MB)
    throw new DoorstepError("file.tooLarge", { maxMb: MAX_FILE_MB });
  const { body } = c.req.raw;
  if (!body) throw new DoorstepError("file.empty");
  assertTaking(kernel);
  return await keepFile(kernel, blobs, { name: nameOf(c.req.header("x-file-name")), content: body });
}

/** The name stands in a header, percent-encoded, because headers carry no Chinese. */
function nameOf(header: string | undefined): string {
  try {
    return decodeURIComponent(header ?? "");
  } catch {
    throw new DoorstepError("request.unknown");
  }
}

/**
 * `POST /rpc/files.put`: the file itself as body, its name in `X-File-Name`. Anybody may, since petitions need no
 * account; what nobody claims is gone after a day.
 */
export function putFile({ kernel, blobs, context }: FileRoutesOptions): Handle {
  const limiter = createLimiter({ burst: BURST, perMinute: PER_MINUTE, now: kernel.now });
  return async (c) => {
    const wrong = wrongForm(c, "application/octet-stream");
    if (wrong) return wrong;
    const ctx = await unrestricted(c, context);
    const seconds = ctx.actor ? 0 : limiter.take(ctx.origin);
    if (seconds > 0) throw new DoorstepError("request.tooMany", { seconds });
    c.header("Cache-Control", "no-store");
    return c.json({ result: { data: await takeFile(c, kernel, blobs) } });
  };
}

/** `POST /rpc/files.get {fileId}`: the file as an attachment that no browser may run; invisible is not found. */
export const getFile = ({ kernel, blobs, context }: FileRoutesOptions): Handle =>
  fileAddress(context, z.object({ fileId: z.uuid() }), async (c, ctx, { fileId }) => {
    const file = await openFile(kernel, ctx, fileId);
    if (!file) throw new DoorstepError("file.notFound");
    return c.body(await begun(readContent(kernel, blobs, file)), 200, {
      "Content-Type": file.type,
      "Content-Length": String(file.size),
      "Content-Disposition": `attachment; filename*=UTF-8''${headerText(file.name)}`,
      "Content-Security-Policy": SANDBOX_POLICY,
      "Cache-Control": "no-store",
    });
  });

/** Reads the first piece before anything is sent: a file that is damaged at its start is a clear error, not a torn download. */
async function begun(content: Bytes): Promise<ReadableStream> {
  const pieces = content[Symbol.asyncIterator]();
  const first = await pieces.next();
  async function* all(): AsyncGenerator<Uint8Array> {
    for (let piece = first; !piece.done; piece = await pieces.next()) yield piece.value;
  }
  return Readable.toWeb(Readable.from(all(), { objectMode: false })) as ReadableStream;
}

const headerText = (text: string): string =>
  encodeURIComponent(text).replace(/['()*]/g, (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`);
