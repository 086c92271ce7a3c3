import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publishedPackages } from "./published.mjs";

const REPORT = "api.report.md";

/**
 * The public types of a package as its build emitted them; files whose source has gone are left over and not counted.
 *
 * @param {string} folder of a package
 */
function reportOf(folder) {
  const files = readdirSync(join(folder, "dist"), { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".d.ts"))
    .filter((file) => [".ts", ".tsx"].some((end) => existsSync(join(folder, "src", file.replace(/\.d\.ts$/, end)))))
    .sort();
  const name = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).name;
  const parts = files.map(
    (file) => `## ${file}\n\n\`\`\`ts\n${readFileSync(join(folder, "dist", file), "utf8").trim()}\n\`\`\`\n`,
  );
  return `# Public types of ${name}\n\nMade by \`node tooling/launcher/api.mjs\` after a build; a change here is a change for others and wants a changeset.\n\n${parts.join("\n")}`;
}

/** @returns {Promise<string[]>} packages whose committed report is not what the build gives. */
export async function apiFaults() {
  return publishedPackages().flatMap((folder) => {
    const committed = existsSync(join(folder, REPORT)) ? readFileSync(join(folder, REPORT), "utf8") : "";
    return committed === reportOf(folder)
      ? []
      : [
          `The public types of ${folder.split("/").at(-1)} have changed: run node tooling/launcher/api.mjs, read the diff, add a changeset.`,
        ];
  });
}

/** Writes the reports anew. */
export function acceptApi() {
  for (const folder of publishedPackages()) writeFileSync(join(folder, REPORT), reportOf(folder));
}
