import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DoorstepError } from "@doorstep/contracts";
import { type Kernel, mayAnywhere, type RequestContext } from "@doorstep/kernel";
import { ARCHIVE_LIMITS, lookOf, type PluginHost, type Staged } from "@doorstep/plugin-host";
import type { Context } from "hono";
import { wrongForm } from "./answers.ts";
import { readBody } from "./body.ts";
import type { HttpEnv } from "./http-env.ts";

/** Archives that were looked into and wait for a decision, by the hash of their `plugin.json`; a day at most. */
export interface StagedArchives extends Staged {
  keep(digest: string, archive: Uint8Array): Promise<void>;
}

const DAY_MS = 86_400_000;
const DIGEST = /^[0-9a-f]{64}$/;

export function stagedArchives(folder: string, kernel: Pick<Kernel, "newId" | "now">): StagedArchives {
  const tidy = async (): Promise<void> => {
    for (const name of await readdir(folder)) {
      const { mtimeMs } = await stat(join(folder, name));
      if (kernel.now().getTime() - mtimeMs > DAY_MS) await rm(join(folder, name), { force: true });
    }
  };
  return {
    async keep(digest, archive) {
      await mkdir(folder, { recursive: true });
      await tidy();
      const made = join(folder, `${kernel.newId()}.part`);
      await writeFile(made, archive, { mode: 0o600 });
      await rename(made, join(folder, digest));
    },
    async read(digest) {
      if (!DIGEST.test(digest)) return undefined;
      return await readFile(join(folder, digest)).catch(() => undefined);
    },
  };
}

export interface LookRouteOptions {
  readonly host: PluginHost;
  readonly staged: StagedArchives;
  readonly context: (c: Context<HttpEnv>) => Promise<RequestContext>;
}

/**
 * `POST /rpc/modules.look`: an archive as body. Answers what it is and asks for, or why it cannot be installed; nothing of
 * it runs. For administrators of the platform.
 */
export function lookAtArchive({ host, staged, context }: LookRouteOptions): (c: Context<HttpEnv>) => Promise<Response> {
  return async (c) => {
    const wrong = wrongForm(c, "application/octet-stream");
    if (wrong) return wrong;
    const ctx = await context(c);
    if (ctx.restriction) throw new DoorstepError(ctx.restriction);
    if (!ctx.actor) throw new DoorstepError("unauthorized");
    if (!(mayAnywhere(ctx.actor, "platform.manage") && host.archives)) throw new DoorstepError("forbidden");
    const archive = await readBody(c.req.raw, ARCHIVE_LIMITS.bytes);
    const looked = await host.archives.look(archive);
    c.header("Cache-Control", "no-store");
    if (!looked.ok) return c.json({ result: { data: { ok: false, problems: looked.problems } } });
    await staged.keep(looked.look.digest, archive);
    return c.json({ result: { data: { ok: true, look: lookOf(host, looked) } } });
  };
}
