import { pluginNames } from "@doorstep/database";
import { firstThatDoesNotAdd } from "../boot/only-add.ts";
import { problem } from "../boot/problems.ts";
import { verify } from "../boot/verify.ts";
import type { Problem } from "../registry.ts";
import { type CheckedArchive, checkArchive } from "./check-archive.ts";
import type { Publisher } from "./signature.ts";

function migrationProblems({ manifest, files }: CheckedArchive): readonly Problem[] {
  const { schema } = pluginNames(manifest.id);
  return [...files].flatMap(([file, sql]) => {
    const statement = /^migrations\/.*\.sql$/.test(file) ? firstThatDoesNotAdd(sql.toString(), schema) : undefined;
    return statement === undefined ? [] : [problem("plugin.migrationNotAdding", { file, statement })];
  });
}

/**
 * Everything that a platform of this version would refuse an archive for, as far as it can be told without one: its other
 * modules and its data are not asked. Nothing of the archive runs.
 *
 * @param publishers - whose signatures count; where there are none, whose it is is not asked
 */
export async function examineArchive(
  archive: Uint8Array,
  publishers: readonly Publisher[] = [],
): Promise<readonly Problem[]> {
  const checked = await checkArchive(archive, publishers, publishers.length === 0);
  if (!checked.ok) return checked.problems;
  const { manifest, digest, publisher } = checked.archive;
  const source = {
    id: manifest.id,
    root: "",
    load: () => Promise.reject(new Error("the code of an archive is not loaded here")),
    archive: { manifest, digest, publisher: publisher?.keyId ?? null },
  };
  const judged = verify([{ source, plugin: { manifest, state: "active", problems: [] } }]);
  return [...judged.flatMap((one) => one.plugin.problems), ...migrationProblems(checked.archive)];
}
