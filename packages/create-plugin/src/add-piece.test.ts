import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { addPiece } from "./add-piece.ts";
import { createPlugin } from "./create-plugin.ts";
import type { PieceName } from "./pieces/pieces.ts";

const made = mkdtempSync(join(tmpdir(), "doorstep-create-"));
afterAll(() => rmSync(made, { recursive: true, force: true }));
const none = { dependencies: {}, devDependencies: {}, optionalDependencies: {}, overrides: {}, allowBuilds: [] };
const title = { "zh-CN": "盒子", en: "Box" };

let count = 0;
function box(...names: readonly PieceName[]) {
  count += 1;
  const folder = join(made, String(count));
  createPlugin({ folder, id: "box", title, with: names, sources: none });
  const at = (path: string): string => join(folder, path);
  return {
    folder,
    read: (path: string) => readFileSync(at(path), "utf8"),
    write: (path: string, text: string) => writeFileSync(at(path), text),
    files: () => readdirSync(folder, { recursive: true, encoding: "utf8" }),
  };
}

test("what an author wrote stays as it is, remarks and all", () => {
  const { folder, read, write } = box();
  write(
    "src/server.ts",
    `import { pluginServer, type ServerPart } from "@doorstep/sdk/server";
// mine
import { plugin } from "./plugin.ts";

const unused: ServerPart<never> = {};
export default pluginServer(plugin, {
  jobs: { tick: { every: "1h", scope: "platform", run: () => {} } }, // the only one
});
`,
  );

  addPiece(folder, "job");
  addPiece(folder, "report");

  const code = read("src/server.ts");
  expect(code).toContain(`import { pluginServer, report, type ServerPart } from "@doorstep/sdk/server";\n// mine\n`);
  expect(code).toContain(`jobs: { tick: { every: "1h", scope: "platform", run: () => {} },\n    remind: {`);
  expect(code).toContain("}, // the only one\n  reports: {\n    overview: report(plugin, {");
  expect(code.indexOf(`from "zod"`)).toBeLessThan(code.indexOf(`from "./plugin.ts"`));
});

test("a piece may come again under another name, and needs no more than its own lines", () => {
  const { folder, read } = box("table", "page");

  expect(addPiece(folder, "table", "openBoxes")).toContain("migrations/0002-open-boxes.sql");
  addPiece(folder, "page", "board");

  expect(read("src/schema.ts")).toContain(`export const openBoxes = schema.table("open_boxes", {`);
  expect(read("src/server.ts").match(/pluginRpc\(plugin\)/g)).toHaveLength(1);
  expect(read("src/plugin.ts").match(/"db"|use: \{/g)).toHaveLength(2);
  expect(read("src/ui/portal.ts")).toContain(`path: "/board"`);
  expect(Object.keys(JSON.parse(read("src/ui/en.json")))).toEqual(["home", "board"]);
});

test.each<[string, PieceName, string | undefined, string]>([
  ["is there already", "channel", undefined, "src/server.ts has channels.letters already"],
  ["has a name that is none", "channel", "Two Words", `"Two Words" is no name for a piece`],
  ["has a file already", "panel", undefined, "src/ui/note-panel.tsx is there already"],
])("a piece that %s is refused, and nothing is written", (_, name, key, why) => {
  const { folder, read, files } = box("channel", "panel");
  const before = files().map((file) => [file, /\.\w+$/.test(file) && read(file)]);

  expect(() => addPiece(folder, name, key)).toThrow(why);

  expect(files().map((file) => [file, /\.\w+$/.test(file) && read(file)])).toEqual(before);
});

test("what is not written as it could be added to is left to its author", () => {
  const { folder, write } = box();

  write("src/server.ts", "export default pluginServer(plugin, { channels: ours });");
  expect(() => addPiece(folder, "channel")).toThrow("channels is not written as an object");
  write("src/server.ts", "export default somethingElse();");
  expect(() => addPiece(folder, "channel")).toThrow("src/server.ts has no pluginServer(…, { … }) to add to");
  write("src/server.ts", "export default (;");
  expect(() => addPiece(folder, "channel")).toThrow("src/server.ts cannot be read");
  write("package.json", `{ "name": "something" }`);
  expect(() => addPiece(folder, "channel")).toThrow("is no module");
});

test.each(["Box", "box_", "2box", "a".repeat(41)])("%s is no id", (id) => {
  const folder = join(made, "never");

  expect(() => createPlugin({ folder, id, title, with: [], sources: none })).toThrow("is no id");
});

test("a folder with something in it is not written into", () => {
  const folder = join(made, "full");
  mkdirSync(folder);
  writeFileSync(join(folder, "mine.txt"), "mine");

  expect(() => createPlugin({ folder, id: "box", title, with: [], sources: none })).toThrow("is not empty");
  expect(readdirSync(folder)).toEqual(["mine.txt"]);
});
