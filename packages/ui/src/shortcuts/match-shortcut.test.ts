import { expect, test } from "vitest";
import { createShortcutMatcher, type KeyPress, type MatchOptions, SEQUENCE_MS } from "./match-shortcut.ts";

const bindings = ["j", "/", "?", "ctrl+k", "ctrl+enter", "g q", "g r"];
const anywhere: MatchOptions = { bindings, inField: false, singleKeys: true };

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, timeStamp: 0, ...more };
}

test("a single key finds its shortcut, in either case", () => {
  const match = createShortcutMatcher();

  expect(match(press("j"), anywhere)).toBe("j");
  expect(match(press("J", { shiftKey: true }), anywhere)).toBe("j");
  expect(match(press("?", { shiftKey: true }), anywhere)).toBe("?");
  expect(match(press("x"), anywhere)).toBeUndefined();
});

test.each([
  ["isComposing", { isComposing: true }],
  ["the key code of old browsers", { keyCode: 229 }],
])("a key that an input method is using (%s) is left to it", (_name, more) => {
  expect(createShortcutMatcher()(press("j", more), anywhere)).toBeUndefined();
  expect(createShortcutMatcher()(press("k", { ...more, ctrlKey: true }), anywhere)).toBeUndefined();
});

test("letters typed into a field are text; combinations still work there", () => {
  const match = createShortcutMatcher();
  const inField = { ...anywhere, inField: true };

  expect(match(press("j"), inField)).toBeUndefined();
  expect(match(press("Enter", { ctrlKey: true }), inField)).toBe("ctrl+enter");
  expect(match(press("k", { metaKey: true }), inField)).toBe("ctrl+k");
});

test("single keys and sequences can be switched off", () => {
  const match = createShortcutMatcher();
  const off = { ...anywhere, singleKeys: false };

  expect(match(press("j"), off)).toBeUndefined();
  match(press("g"), off);
  expect(match(press("q"), off)).toBeUndefined();
  expect(match(press("k", { ctrlKey: true }), off)).toBe("ctrl+k");
});

test("a sequence needs its second key in time", () => {
  const match = createShortcutMatcher();

  expect(match(press("g"), anywhere)).toBeUndefined();
  expect(match(press("q", { timeStamp: SEQUENCE_MS }), anywhere)).toBe("g q");

  match(press("g", { timeStamp: 10_000 }), anywhere);
  expect(match(press("q", { timeStamp: 10_001 + SEQUENCE_MS }), anywhere)).toBeUndefined();
});

test("a wrong second key ends the sequence and counts for itself", () => {
  const match = createShortcutMatcher();

  match(press("g"), anywhere);
  expect(match(press("j"), anywhere)).toBe("j");
  expect(match(press("q"), anywhere)).toBeUndefined();
});

test("alt combinations belong to the browser and to screen readers", () => {
  expect(createShortcutMatcher()(press("j", { altKey: true }), anywhere)).toBeUndefined();
});
