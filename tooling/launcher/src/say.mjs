/** A failure whose message says all that the reader needs; shown without a stack. */
export class LaunchError extends Error {}

/**
 * Writes one line about what is going on. To standard error, so that standard output stays that of the programs.
 *
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`[doorstep] ${line}\n`);
}

/**
 * @param {number} sinceMs a reading of performance.now()
 */
export function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
