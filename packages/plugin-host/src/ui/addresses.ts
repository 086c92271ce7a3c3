import type { registry } from "@doorstep/contracts";
import { type ArchiveManifest, uiPoints } from "@doorstep/sdk";
import type { z } from "zod";
import type { HostedPlugin } from "../registry.ts";

type Halves = z.output<typeof registry>["plugins"][number]["ui"];

/** Where a browser finds a file of a module; its name carries its hash, so it never changes. */
export const addressOf = ({ id, version }: ArchiveManifest, file: string): string =>
  `/plugins/${id}/${version}/${file}`;

/** A file's hash as a browser wants it. */
export const integrityOf = (manifest: ArchiveManifest, file: string): string =>
  `sha384-${Buffer.from(manifest.files[file] ?? "", "hex").toString("base64")}`;

/** What the shell has to load for a module, by app; `null` where it has it already. */
export function browserHalvesOf({ archive }: HostedPlugin): Halves {
  if (!archive) return null;
  const half = (app: "portal" | "admin") => {
    const part = archive.ui[app];
    if (!part) return null;
    const own: readonly string[] = Object.values(uiPoints[app]);
    const points = archive.contributions.map((one) => one.point).filter((point) => own.includes(point));
    return {
      entry: addressOf(archive, part.entry),
      css: part.css.map((file) => ({ url: addressOf(archive, file), integrity: integrityOf(archive, file) })),
      points: [...new Set(points)],
    };
  };
  return { portal: half("portal"), admin: half("admin") };
}
