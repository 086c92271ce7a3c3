import { type Contract, kernelContract } from "@doorstep/contracts";

type Group = Readonly<Record<string, unknown>>;
/** Some groups of the contract, as a feature gives them. */
export type SomeHandlers = Readonly<Record<string, Group | undefined>>;

/**
 * Joins the handlers of kernel, host and server.
 *
 * @throws Error naming every procedure of the contract without a handler, or with two.
 */
export function composeHandlers(
  parts: readonly SomeHandlers[],
  contract: Contract = kernelContract,
): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = {};
  const problems: string[] = [];
  for (const [group, handlers] of parts.flatMap((part) => Object.entries(part))) {
    const known = all[group] ?? {};
    all[group] = known;
    for (const [name, handler] of Object.entries(handlers ?? {})) {
      if (known[name] !== undefined) problems.push(`${group}.${name} has two handlers`);
      known[name] = handler;
    }
  }
  for (const [group, procedures] of Object.entries(contract)) {
    for (const name of Object.keys(procedures)) {
      if (typeof all[group]?.[name] !== "function") problems.push(`${group}.${name} has no handler`);
    }
  }
  if (problems.length > 0) throw new Error(`The router cannot be built: ${problems.join(", ")}.`);
  return all;
}
