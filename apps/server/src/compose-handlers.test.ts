import { mutation, query } from "@doorstep/contracts";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { composeHandlers } from "./compose-handlers.ts";

const contract = {
  door: { open: mutation("public", z.object({}), z.object({})), see: query("public", z.object({}), z.object({})) },
  step: { take: mutation("public", z.object({}), z.object({})) },
};
const handler = () => undefined;

describe("composeHandlers", () => {
  it("joins the groups of several parts", () => {
    const all = composeHandlers(
      [{ door: { open: handler } }, { door: { see: handler }, step: { take: handler } }],
      contract,
    );
    expect(all).toEqual({ door: { open: handler, see: handler }, step: { take: handler } });
  });
  it("names every procedure without a handler", () => {
    expect(() => composeHandlers([{ door: { open: handler } }], contract)).toThrow(
      /door\.see has no handler, step\.take has no handler/,
    );
  });
  it("refuses two handlers for one procedure", () => {
    expect(() => composeHandlers([{ step: { take: handler } }, { step: { take: handler } }], contract)).toThrow(
      /step\.take has two/,
    );
  });
});
