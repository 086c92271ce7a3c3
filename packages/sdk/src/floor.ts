/** Points and capabilities that came after the first version of the SDK, each with the version that brought it. */
export const laterParts: Readonly<Record<string, string>> = {
  organs: "1.0.0",
  letters: "1.1.0",
  "thread.petitioner": "1.1.0",
};

/** What everything else has been in from the start. */
const FIRST = "0.1.0";

const numbers = (version: string): readonly number[] => version.split(".").map(Number);

function isLater(a: string, b: string): boolean {
  const [x, y] = [numbers(a), numbers(b)];
  const differs = x.findIndex((part, n) => part !== y[n]);
  return differs >= 0 && (x[differs] ?? 0) > (y[differs] ?? 0);
}

interface Uses {
  readonly capabilities: readonly string[];
  readonly contributions: readonly { readonly point: string }[];
}

/** The lowest version of the SDK that has every point and capability a plugin uses. */
export const floorOf = ({ capabilities, contributions }: Uses, later = laterParts): string =>
  [...capabilities, ...contributions.map((one) => one.point)]
    .flatMap((part) => (Object.hasOwn(later, part) ? [later[part] ?? FIRST] : []))
    .reduce((highest, since) => (isLater(since, highest) ? since : highest), FIRST);
