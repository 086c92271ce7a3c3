const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|const|function|class|namespace|enum) (\w+)/;
const SAYS_NOTHING = /^(?:import\b.*|export \{\};?|[\s{}()[\]<>;,]*)$/;
const LITERALS = /"[^"]*"(?:\s*[|,]\s*"[^"]*")+/g;

/**
 * What a report of public types promises, line by line: each line of a declaration with its file and the declaration's
 * name. Lists of literal values count one by one, so that one more of them is nothing that is gone. Comments and imports
 * promise nothing.
 *
 * @param {string} report as api.mjs writes it
 * @returns {Set<string>}
 */
export function promisesOf(report) {
  const promises = new Set();
  let file = "";
  let declared = "";
  for (const raw of report.replaceAll(/\/\*[\s\S]*?\*\//g, "").split("\n")) {
    const heading = /^## (.+)$/.exec(raw);
    if (heading) {
      file = heading[1] ?? "";
      declared = "";
      continue;
    }
    const line = raw.trim();
    if (file === "" || line.startsWith("```") || line.startsWith("//") || SAYS_NOTHING.test(line)) continue;
    declared = DECLARED.exec(raw)?.[1] ?? declared;
    const names = /^export (?:type )?\{ (.+) \} from (.+);$/.exec(line);
    if (names) {
      for (const name of (names[1] ?? "").split(", ")) promises.add(`${file} exports ${name.replace("type ", "")}`);
      continue;
    }
    for (const [list] of line.matchAll(LITERALS))
      for (const [literal] of list.matchAll(/"[^"]*"/g)) promises.add(`${file} ${declared}: ${literal}`);
    promises.add(`${file} ${declared}: ${line.replaceAll(LITERALS, '"…"')}`);
  }
  return promises;
}

/**
 * @param {string} frozen what was promised, a line each
 * @param {string} report of today
 * @returns {string[]} what is not kept
 */
export function brokenPromises(frozen, report) {
  const today = promisesOf(report);
  return frozen.split("\n").filter((line) => line !== "" && !line.startsWith("#") && !today.has(line));
}
