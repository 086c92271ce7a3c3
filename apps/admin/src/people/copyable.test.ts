import type { Grant } from "@doorstep/contracts";
import { expect, test } from "vitest";
import { copyable } from "./copyable.ts";

const grant = (id: string, more: Partial<Grant>): Grant =>
  ({ id, role: "officer", unitId: "first", subtree: false, pending: false, ...more }) as Grant;

test("what counts and may be granted is copied, unless the person has it at that unit and with that reach", () => {
  const from = [
    grant("a", {}),
    grant("b", { subtree: true }),
    grant("c", { unitId: "second" }),
    grant("d", { role: "clerk", pending: true }),
    grant("e", { role: "platformAdmin" }),
  ];

  const offered = copyable(from, [grant("x", { pending: true })], ["officer", "clerk"]);

  expect(offered.map((one) => one.id)).toEqual(["b", "c"]);
});
