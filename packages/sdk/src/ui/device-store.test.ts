import { expect, test } from "vitest";
import { openDeviceStore, wipeDevice } from "./device-store.ts";

function storage(full = false) {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => {
      if (full) throw new DOMException("full", "QuotaExceededError");
      kept.set(name, value);
    },
    removeItem: (name: string) => void kept.delete(name),
    key: (n: number) => [...kept.keys()][n] ?? null,
    get length() {
      return kept.size;
    },
  };
}
const keyOf = (n: number): string => Buffer.alloc(32, n).toString("base64");
const { subtle } = globalThis.crypto;

test("a session reads what it kept; what lies there says nothing, and another session finds and leaves nothing", async () => {
  const entries = storage();
  const mine = await openDeviceStore(entries, subtle, { key: keyOf(1), scope: "reception-day" });
  const pad = { record: "来访人说宿舍漏水" };

  expect(await mine.write("day", pad)).toBe(true);

  expect(await mine.read("day")).toEqual(pad);
  expect(await mine.read("another day")).toBeUndefined();
  expect(JSON.stringify([...entries.kept])).not.toContain("漏水");
  const next = await openDeviceStore(entries, subtle, { key: keyOf(2), scope: "reception-day" });
  expect(await next.read("day")).toBeUndefined();
  expect(entries.kept.size).toBe(0);
});

test("an entry moved to another place is not read there", async () => {
  const entries = storage();
  const store = await openDeviceStore(entries, subtle, { key: keyOf(1), scope: "a" });
  await store.write("one", "x");
  const [[name = "", value = ""] = []] = [...entries.kept];
  entries.setItem(name.replace("one", "two"), value);

  expect(await store.read("two")).toBeUndefined();
  expect(await store.read("one")).toBe("x");
});

test("a full device keeps nothing and stops nobody; signing out takes what was kept and nothing else", async () => {
  const full = await openDeviceStore(storage(true), subtle, { key: keyOf(1), scope: "a" });
  expect(await full.write("day", "x")).toBe(false);

  const entries = storage();
  entries.setItem("theme", "light");
  const store = await openDeviceStore(entries, subtle, { key: keyOf(1), scope: "a" });
  await store.write("one", "x");
  await store.write("two", "y");
  store.clear("two");
  expect(entries.kept.size).toBe(2);
  wipeDevice(entries);
  expect([...entries.kept]).toEqual([["theme", "light"]]);
});
