import { expect, test } from "vitest";
import { helpOf } from "./help-of.ts";
import zh from "./zh-CN.json" with { type: "json" };

test("each screen has a help of its own, every other one that of its side", () => {
  const screens: Readonly<Record<string, string>> = {
    "/": "home",
    "/file": "file",
    "/p/online-petition/new": "file",
    "/t": "track",
    "/t/case": "case",
    "/my/018f/review": "case",
    "/my": "mine",
    "/verify": "verify",
    "/rights": "people",
    "/desk": "queue",
    "/desk/queue": "queue",
    "/desk/c/2026-7K3M9Q-X": "deskCase",
    "/desk/letters/018f": "letter",
    "/desk/register": "register",
    "/desk/approvals": "approvals",
    "/desk/urged": "urged",
    "/desk/unit-letters": "unitLetters",
    "/desk/handover": "desk",
  };
  for (const [path, key] of Object.entries(screens)) expect(helpOf(path), path).toBe(key);
  expect(new Set(Object.values(screens))).toEqual(new Set(Object.keys(zh)));
});
