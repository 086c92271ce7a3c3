import { expect, test } from "vitest";
import { problemOf, refusalText } from "./problem.ts";

test("a refusal's codes are said in the words of the screen", () => {
  expect(refusalText({ code: "act.state", params: { state: "inHandling" } }, "zh-CN")).toBe(
    "该事项当前处于“办理中”状态，不能进行这一步。",
  );
  expect(refusalText({ code: "notice.delivered", params: { codes: "D8" } }, "en")).toBe(
    "The notice Notice of acceptance has not been delivered.",
  );
});

test("an act refused for several reasons names each of them", () => {
  const error = {
    data: {
      code: "act.refused",
      reasons: [{ code: "handler.named" }, { code: "demands.answered", params: { open: 2 } }],
    },
  };

  const problem = problemOf(error, "en");

  expect(problem.message).toContain("Name the handler first.");
  expect(problem.message).toContain("Demands still open: 2.");
});

test("an error without a code is a broken line and says that nothing was sent", () => {
  expect(problemOf(new TypeError("fetch failed"), "en")).toMatchObject({ code: "offline", reasons: [] });
});

test("a defect shows the number to read out on the phone", () => {
  const problem = problemOf({ data: { code: "unexpected", requestId: "r-17" } }, "en");

  expect(problem.number).toBe("r-17");
  expect(problem.message).toContain("r-17");
});
