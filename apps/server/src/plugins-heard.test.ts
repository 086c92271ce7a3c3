import { openTestKernel } from "@doorstep/kernel/testing";
import { PLUGINS_CHANNEL } from "@doorstep/plugin-host";
import { expect, test, vi } from "vitest";
import { hearOfPlugins } from "./plugins-heard.ts";

test("what another process has installed or released is heard here, also after the connection was lost", async () => {
  await using t = await openTestKernel();
  const host = { reload: vi.fn(async () => undefined), release: vi.fn() };
  const heard = await hearOfPlugins(t.kernel, host, 50);
  try {
    await t.database.pool.query("select pg_notify($1, '')", [PLUGINS_CHANNEL]);
    await vi.waitFor(() => expect(host.reload).toHaveBeenCalledTimes(1));
    await t.database.pool.query("select pg_notify($1, 'box')", [PLUGINS_CHANNEL]);
    await vi.waitFor(() => expect(host.release).toHaveBeenCalledWith("box"));

    // whatever was told meanwhile is made up for when the line is there again
    await t.database.pool.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'doorstep modules' and datname = current_database()",
    );
    await vi.waitFor(() => expect(host.reload).toHaveBeenCalledTimes(2), { timeout: 10_000 });
    await t.database.pool.query("select pg_notify($1, '')", [PLUGINS_CHANNEL]);
    await vi.waitFor(() => expect(host.reload).toHaveBeenCalledTimes(3));
  } finally {
    await heard.stop();
  }
});
