import { writeFileSync } from "node:fs";
import process from "node:process";

/** Where an error is said to be that belongs to no test. */
export const OUTSIDE = "outside of every test";

/**
 * Keeps what went wrong in a run, errors outside of every test included, so that it can be told once more at the end,
 * where nobody has to look for it in ten thousand lines.
 */
// biome-ignore lint/style/noDefaultExport: vitest loads a reporter so.
export default class ToldReporter {
  /**
   * @param {readonly import("vitest/node").TestModule[]} modules
   * @param {readonly import("vitest").SerializedError[]} unhandled
   */
  onTestRunEnd(modules, unhandled) {
    const file = process.env.DOORSTEP_TOLD;
    if (!file) return;
    /** @param {string} where @param {readonly { message?: string, stack?: string }[]} errors */
    const line = (where, errors) => {
      const lines = (errors[0]?.stack ?? errors[0]?.message ?? "").split("\n");
      const ours = lines.filter((one) => !one.includes("node_modules")).slice(0, 8);
      return `${where}\n    ${ours.join("\n    ")}`;
    };
    const told = [
      ...modules.flatMap((module) => [
        ...(module.errors().length > 0 ? [line(module.relativeModuleId, module.errors())] : []),
        ...[...module.children.allSuites()]
          .filter((suite) => suite.errors().length > 0)
          .map((suite) => line(`${module.relativeModuleId} > ${suite.fullName}`, suite.errors())),
        ...[...module.children.allTests("failed")].map((test) =>
          line(`${module.relativeModuleId} > ${test.fullName}`, test.result().errors ?? []),
        ),
      ]),
      ...unhandled.map((error) => line(OUTSIDE, [error])),
    ];
    writeFileSync(file, told.join("\n"));
  }
}
