import { randomBytes } from "node:crypto";
import { DoorstepError } from "@doorstep/contracts";
import { type Kernel, openSealed, seal, wrappedKeys } from "@doorstep/kernel";
import type { CapabilityApi } from "@doorstep/sdk";

/** Largest file a plugin may keep in one piece. */
const FILE_BYTES = 16 * 1024 * 1024;
const DAY_MS = 86_400_000;
const UNUSED_DAYS = 30;
const AT_ONCE = 20;

type Keeper = Pick<Kernel, "pool" | "keys" | "now" | "newId">;

interface Stored {
  readonly kek: string | null;
  readonly dek: Buffer | null;
  readonly bytes: Buffer;
}

/** Names plugin and file, so that no stored file passes for another one. */
const placeOf = (pluginId: string, fileId: string): string => `plugin_file:${pluginId}:${fileId}`;

function sealed(k: Pick<Kernel, "keys">, pluginId: string, fileId: string, plain: Buffer): Stored {
  const key = randomBytes(32);
  const place = placeOf(pluginId, fileId);
  return { kek: k.keys.kek.id, dek: seal(k.keys.kek.key, key, place), bytes: seal(key, plain, place) };
}

function opened(k: Pick<Kernel, "keys">, pluginId: string, fileId: string, stored: Stored): Buffer {
  if (stored.dek === null) return stored.bytes;
  const place = placeOf(pluginId, fileId);
  return openSealed(openSealed(k.keys.kek.key, stored.dek, place), stored.bytes, place);
}

/** The keys of plugins' working files, when the master key changes. */
export const pluginFileKeys = wrappedKeys<{
  readonly id: string;
  readonly kek: string;
  readonly dek: Buffer;
  readonly plugin_id: string;
}>({
  id: "pluginFiles",
  table: "kernel.plugin_file",
  columns: ["plugin_id"],
  place: (row) => placeOf(row.plugin_id, row.id),
});

/** The working files of one plugin: encrypted where they lie, no other plugin's in reach. */
export const pluginFiles = (pluginId: string, k: Keeper): CapabilityApi["files"] => ({
  files: {
    put: async (given) => {
      if (given.byteLength > FILE_BYTES) throw new DoorstepError("file.tooLarge", { maxMb: FILE_BYTES / 1024 / 1024 });
      const id = k.newId();
      const { kek, dek, bytes } = sealed(k, pluginId, id, Buffer.from(given));
      await k.pool.query(
        "insert into kernel.plugin_file (plugin_id, id, kek, dek, bytes, at, used_at) values ($1, $2, $3, $4, $5, $6, $6)",
        [pluginId, id, kek, dek, bytes, k.now()],
      );
      return id;
    },
    get: async (fileId) => {
      const now = k.now();
      const { rows } = await k.pool.query<Stored & { readonly used_at: Date }>(
        "select kek, dek, bytes, used_at from kernel.plugin_file where plugin_id = $1 and id = $2",
        [pluginId, fileId],
      );
      const [row] = rows;
      if (!row) return null;
      if (now.getTime() - row.used_at.getTime() > DAY_MS)
        await k.pool.query("update kernel.plugin_file set used_at = $3 where plugin_id = $1 and id = $2", [
          pluginId,
          fileId,
          now,
        ]);
      return new Uint8Array(opened(k, pluginId, fileId, row));
    },
    remove: async (fileId) => {
      await k.pool.query("delete from kernel.plugin_file where plugin_id = $1 and id = $2", [pluginId, fileId]);
    },
  },
});

/** Forgets what nobody has used for a month (uploads broken off, plugins that are gone), seals what lies open. */
export async function tidyPluginFiles(k: Pick<Kernel, "pool" | "keys" | "now">): Promise<void> {
  await k.pool.query("delete from kernel.plugin_file where used_at < $1", [
    new Date(k.now().getTime() - UNUSED_DAYS * DAY_MS),
  ]);
  for (;;) {
    const { rows } = await k.pool.query<{ plugin_id: string; id: string; bytes: Buffer }>(
      `select plugin_id, id, bytes from kernel.plugin_file where dek is null limit ${AT_ONCE}`,
    );
    for (const row of rows) {
      const { kek, dek, bytes } = sealed(k, row.plugin_id, row.id, row.bytes);
      await k.pool.query(
        "update kernel.plugin_file set kek = $3, dek = $4, bytes = $5 where plugin_id = $1 and id = $2 and dek is null",
        [row.plugin_id, row.id, kek, dek, bytes],
      );
    }
    if (rows.length < AT_ONCE) return;
  }
}
