import type { Platform, PlatformOptions } from "@doorstep/server";
import type { Output } from "./verb.ts";

/** Opens the platform of this machine for one piece of work, beside a running server or alone, and closes it again. */
export async function withPlatform<T>(
  output: Output,
  options: Pick<PlatformOptions, "plugins">,
  work: (platform: Platform, server: typeof import("@doorstep/server")) => Promise<T>,
): Promise<T> {
  const server = await import("@doorstep/server");
  const { createLog, openPlatform, readEnv } = server;
  const env = readEnv();
  const platform = await openPlatform({
    ...options,
    // Without plugins nothing is to be registered either: what is installed stays as the server left it.
    env: { ...env, safeMode: env.safeMode || options.plugins.length === 0 },
    log: createLog({ level: "error" }),
    print: output.err,
    now: () => new Date(),
  });
  try {
    return await work(platform, server);
  } finally {
    await platform.close();
  }
}
