import { expect, test } from "vitest";
import { fenceCss } from "./fence-css.ts";

const fenced = (css: string): string => fenceCss("sample-box", "box.css", css);

test("styles stay in the module's own layer and boxes", () => {
  expect(
    fenced(".row { color: var(--ds-text); .note { margin: 0 } }\n@media (width < 40em) { .row > * { padding: 0 } }"),
  ).toMatchInlineSnapshot(
    `"@layer plugin.sample-box{@scope ([data-plugin="sample-box"]){.row{color:var(--ds-text);& .note{margin:0}}@media (width<40em){.row>*{padding:0}}}}"`,
  );
  expect(fenced("@keyframes sample-box-turn { to { rotate: 1turn } }")).toContain("@keyframes sample-box-turn");
});

test.each([
  ['@import "x.css";', "@import"],
  ["@font-face { font-family: X; src: local(X) }", "@font-face"],
  ["@property --x { syntax: '*'; inherits: false }", "@property"],
  ["@layer host, plugin;", "@layer"],
  ["body { margin: 0 }", "the page itself"],
  ["html.dark .row { margin: 0 }", "the page itself"],
  [":root { --ds-text: red }", "the page itself"],
  ["* { box-sizing: border-box }", "the selector *"],
  ["@media print { * { color: red } }", "the selector *"],
  ["@tailwind base;", "@tailwind"],
  ["@keyframes turn { to { rotate: 1turn } }", "sample-box-turn"],
  [".row { background: url(/api/x.png) }", "must be data:"],
  [".row {} } body { margin: 0 }", "box.css"],
])("%s is refused", (css, why) => {
  expect(() => fenced(css)).toThrow(why);
});
