import { expect, test } from "vitest";
import { floorOf, laterParts } from "./floor.ts";
import { isKernelPoint } from "./index.ts";
import { capabilityTexts } from "./server.ts";

const later = { consents: "0.2.0", "kernel/template@1": "0.10.1" };
const uses = (capabilities: readonly string[], points: readonly string[] = []) =>
  floorOf({ capabilities, contributions: points.map((point) => ({ point })) }, later);

test("a plugin needs the version that brought the newest part it uses, and the first one for all else", () => {
  expect(uses([])).toBe("0.1.0");
  expect(uses(["db", "constructor"], ["kernel/report@1"])).toBe("0.1.0");
  expect(uses(["db", "consents"])).toBe("0.2.0");
  expect(uses(["consents"], ["kernel/template@1"])).toBe("0.10.1");
  expect(uses([], ["kernel/template@1", "kernel/report@1"])).toBe("0.10.1");
});

test("what came later is a part of this SDK", () => {
  const unknown = Object.keys(laterParts).filter((one) => !isKernelPoint(one) && !Object.hasOwn(capabilityTexts, one));
  expect(unknown).toEqual([]);
});
