const DECLARED = /^(?:export )?(?:declare )?(?:abstract )?(?:interface|type|const|function|class|namespace|enum) (\w+)/;
const SAYS_NOTHING = /^(?:import\b.*|```.*|\/\/.*|export \{\};?|[\s{}()[\]<>;,]*)$/;
const LITERALS = /"[^"]*"(?:\s*[|,]\s*"[^"]*")+/g;

/**
 * What one line of a declaration promises.
 *
 * @param {string} line
 * @param {string} declared the declaration's name
 */
function promisesOfLine(line, declared) {
  const names = /^export (?:type )?\{ (.+) \} from (.+);$/.exec(line)?.[1];
  if (names !== undefined)
    return names.split(/, |,$/).flatMap((name) => (name === "" ? [] : [`exports ${name.replace("type ", "")}`]));
  const literals = [...line.matchAll(LITERALS)].flatMap(([list]) => list.match(/"[^"]*"/g) ?? []);
  return [...literals, line.replaceAll(LITERALS, '"…"')].map((promised) => `${declared}: ${promised}`);
}

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
    const heading = /^## (.+)$/.exec(raw)?.[1];
    if (heading !== undefined) {
      file = heading;
      declared = "";
      continue;
    }
    const line = raw.trim();
    if (file === "" || SAYS_NOTHING.test(line)) continue;
    declared = DECLARED.exec(raw)?.[1] ?? declared;
    for (const promised of promisesOfLine(line, declared)) promises.add(`${file} ${promised}`);
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
