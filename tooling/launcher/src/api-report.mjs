import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brokenPromises, promisesOf } from "./frozen-api.mjs";
import { publishedPackages } from "./published.mjs";

const REPORT = "api.report.md";
/** What a major of a package promises: written once, when it comes out. */
const FROZEN = /^api\.(\d+)\.frozen\.txt$/;

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

/** @returns {Promise<string[]>} packages whose committed report is not what the build gives, or that break a promise. */
export async function apiFaults() {
  return publishedPackages().flatMap((folder) => {
    const name = folder.split("/").at(-1);
    const committed = existsSync(join(folder, REPORT)) ? readFileSync(join(folder, REPORT), "utf8") : "";
    const report = reportOf(folder);
    const faults =
      committed === report
        ? []
        : [
            `The public types of ${name} have changed: run node tooling/launcher/api.mjs, read the diff, add a changeset.`,
          ];
    for (const file of readdirSync(folder).filter((one) => FROZEN.test(one)))
      for (const broken of brokenPromises(readFileSync(join(folder, file), "utf8"), report))
        faults.push(`${name} promises since ${FROZEN.exec(file)?.[1]}.0, and does not keep: ${broken}`);
    return faults;
  });
}

/** Writes down what the SDK promises from this major on. */
export function freezeApi() {
  const folder = publishedPackages().find((one) => one.endsWith("/sdk")) ?? "";
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = `api.${version.split(".")[0]}.frozen.txt`;
  const about = "# What plugins are promised from this major on: a line that is gone is a new major. Never edited.";
  writeFileSync(join(folder, file), `${[about, ...[...promisesOf(reportOf(folder))].sort()].join("\n")}\n`);
}

/** Writes the reports anew. */
export function acceptApi() {
  for (const folder of publishedPackages()) writeFileSync(join(folder, REPORT), reportOf(folder));
}
