import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findBinaries } from "./binaries.ts";
import { createCluster, readSecret } from "./create-cluster.ts";

/** No system knows a user of this number. */
const NAMELESS = { uid: 54_321, gid: 54_321 };

test.skipIf(process.getuid?.() !== 0)(
  "a user that is only a number, as in containers, gets a cluster too",
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), "doorstep-nameless-"));
    chmodSync(dataDir, 0o755);
    chownSync(dataDir, NAMELESS.uid, NAMELESS.gid);
    const cluster = join(dataDir, "postgres");

    await createCluster(findBinaries(), { dataDir, cluster, socketDir: cluster, account: NAMELESS, moved: false });
    const made = existsSync(join(cluster, "PG_VERSION"));
    const secret = readSecret(cluster);
    rmSync(dataDir, { recursive: true });

    expect(made).toBe(true);
    expect(secret).toMatch(/^[\w-]{32}$/);
  },
);
