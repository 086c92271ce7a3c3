import { expect, test } from "vitest";
import { filesAhead } from "./ahead.ts";

const chunk = (fileName: string, facadeModuleId: string | null, imports: readonly string[]) => ({
  type: "chunk" as const,
  fileName,
  facadeModuleId,
  imports,
});
const files = {
  "index.js": chunk("index.js", "/app/index.html", ["shell.js"]),
  "shell.js": chunk("shell.js", null, ["react.js"]),
  "react.js": chunk("react.js", null, []),
  "box.js": chunk("box.js", "/plugins/box/portal.ts", ["shell.js", "fields.js"]),
  "fields.js": chunk("fields.js", null, ["react.js", "labels.js"]),
  "labels.js": chunk("labels.js", null, ["fields.js"]),
  "talk.js": chunk("talk.js", "/plugins/talk/portal.ts", ["react.js"]),
  "index.css": { type: "asset" as const, fileName: "index.css" },
};
const entry = (id: string) => ({ id, file: `/plugins/${id}/portal.ts` });

test("a plugin's files are its own and what they import, without those of the page", () => {
  expect(filesAhead(files, "/app/index.html", [entry("box"), entry("talk")])).toEqual({
    box: ["box.js", "fields.js", "labels.js"],
    talk: ["talk.js"],
  });
});

test("a plugin that the build has left out is told", () => {
  expect(() => filesAhead(files, "/app/index.html", [entry("lost")])).toThrow("/plugins/lost/portal.ts has no file");
});
