import type { Kernel } from "@doorstep/kernel";
import { PLUGINS_CHANNEL, type PluginHost } from "@doorstep/plugin-host";
import { createEar } from "./database/ear.ts";

const BEAT_MS = 5_000;

/** Lets this process run what was installed by another one, or by the command line, within seconds. */
export async function hearOfPlugins(
  kernel: Kernel,
  host: Pick<PluginHost, "reload" | "release">,
  beatMs = BEAT_MS,
): Promise<{ stop(): Promise<void> }> {
  const reload = (): void =>
    void host
      .reload()
      .catch((error: unknown) =>
        kernel.log.error("modules could not be loaded anew", { kind: error instanceof Error ? error.name : "" }),
      );
  const ear = createEar(kernel.pool, "doorstep modules", [PLUGINS_CHANNEL], (_, payload) => {
    if (payload === "") reload();
    else host.release(payload);
  });
  await ear.ensure();
  const beat = setInterval(() => {
    void ear.ensure().then((made) => {
      if (made) reload();
    });
  }, beatMs).unref();
  return {
    async stop() {
      clearInterval(beat);
      await ear.stop();
    },
  };
}
