import { expect, test } from "vitest";
import { type Attachment, claimable, createFilingStore, type DraftDisk, type Filing, unsent } from "./filing-store.ts";

const asSent = (key: string) => ({ key, body: "热水器坏了" }) as never;

function setUp(stored?: Filing, now = "2026-11-23T08:00:00.000Z") {
  let kept = stored;
  let keys = 0;
  const acts: (() => void)[] = [];
  const disk: DraftDisk = {
    read: async () => kept,
    write: async (filing) => {
      kept = filing;
    },
    clear: async () => {
      kept = undefined;
    },
  };
  const store = createFilingStore({
    disk,
    newKey: () => `key-${++keys}`,
    now: () => now,
    later: (act) => acts.push(act),
  });
  const settle = async () => {
    for (const act of acts.splice(0)) act();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { store, settle, kept: () => kept };
}

const file = (more: Partial<Attachment>): Attachment => ({
  key: "a",
  name: "1.jpg",
  size: 1,
  content: new Blob(),
  state: "sent",
  progress: 1,
  ...more,
});

test("what is answered is kept on the device and said to be", async () => {
  const { store, settle, kept } = setUp();

  store.answer({ story: "热水器坏了" });
  await settle();

  expect(kept()?.answers.story).toBe("热水器坏了");
  expect(store.get().savedAt).toBe("2026-11-23T08:00:00.000Z");
});

test("a page that is left keeps the last choice at once", async () => {
  const { store, kept } = setUp();
  await store.load();
  store.answer({ identity: "confidential" });

  await store.flush();

  expect(kept()?.answers.identity).toBe("confidential");
});

test("a draft that has not been looked for yet is never written over", async () => {
  const earlier = setUp();
  earlier.store.answer({ story: "热水器坏了" });
  await earlier.settle();
  const { store, kept } = setUp(earlier.kept());

  await store.flush();

  expect(kept()?.answers.story).toBe("热水器坏了");
});

test("on a shared device nothing is kept, and what was kept is removed", async () => {
  const { store, settle, kept } = setUp();
  store.answer({ story: "热水器坏了" });
  await settle();

  store.answer({ sharedDevice: true });
  await settle();

  expect(kept()).toBeUndefined();
  expect(store.get().savedAt).toBeNull();
  expect(store.get().answers.story).toBe("热水器坏了");
});

test("a retry keeps its key; a change after sending is a new act", () => {
  const { store } = setUp();
  store.answer({ story: "热水器坏了" });
  const first = store.get().key;

  store.attempt(asSent(first));
  expect(store.get().key).toBe(first);
  store.answer({ story: "热水器坏了三周" });

  expect(store.get().key).not.toBe(first);
});

test("who stays anonymous leaves no draft, and what was kept before he chose so goes; unless he wants one", async () => {
  const { store, settle, kept } = setUp();
  store.answer({ story: "热水器坏了" });
  await settle();
  expect(kept()).toBeDefined();

  store.answer({ identity: "anonymous" });
  await settle();
  expect(kept()).toBeUndefined();
  expect(store.get()).toMatchObject({ savedAt: null, answers: { story: "热水器坏了" } });

  store.answer({ keepAnonymous: true });
  await settle();
  expect(kept()?.answers.story).toBe("热水器坏了");
});

test("what waits for a network is sent after a reload with the same key and the same words, until they are changed", async () => {
  const earlier = setUp();
  earlier.store.answer({ story: "热水器坏了", identity: "named" });
  const { key } = earlier.store.get();
  earlier.store.attempt(asSent(key));
  earlier.store.wait("withFiles");
  await earlier.settle();

  const { store } = setUp(earlier.kept());
  await store.load();
  expect(store.get()).toMatchObject({ key, waiting: "withFiles", attempted: { key, body: "热水器坏了" } });

  store.answer({ story: "热水器坏了三周" });
  expect(store.get()).toMatchObject({ waiting: null, attempted: null });
  expect(store.get().key).not.toBe(key);
});

test("a draft that nobody touched for a month is deleted when it is found", async () => {
  const earlier = setUp();
  earlier.store.answer({ story: "热水器坏了" });
  await earlier.settle();

  const soon = setUp(earlier.kept(), "2026-12-23T08:00:00.000Z");
  await soon.store.load();
  expect(soon.store.get().answers.story).toBe("热水器坏了");
  const late = setUp(earlier.kept(), "2026-12-23T08:00:01.000Z");
  await late.store.load();
  expect(late.store.get().answers.story).toBe("");
  expect(late.kept()).toBeUndefined();
});

test("a draft of an earlier visit comes back, with what was being sent waiting again", async () => {
  const earlier = setUp();
  earlier.store.answer({ story: "热水器坏了" });
  earlier.store.attach(() => [file({ state: "sending", progress: 0.4 })]);
  await earlier.settle();

  const { store } = setUp(earlier.kept());
  await store.load();

  expect(store.get().answers.story).toBe("热水器坏了");
  expect(store.get().attachments[0]).toMatchObject({ state: "waiting", progress: 0 });
});

test("a disk that cannot be read leaves an empty form, not a broken page", async () => {
  const store = createFilingStore({
    disk: {
      read: () => Promise.reject(new Error("blocked")),
      write: async () => undefined,
      clear: async () => undefined,
    },
    newKey: () => "key",
    now: () => "",
    later: () => undefined,
  });

  await store.load();

  expect(store.ready()).toBe(true);
  expect(store.get().answers.story).toBe("");
});

test("after filing nothing is left, in memory or on the device", async () => {
  const { store, settle, kept } = setUp();
  store.answer({ name: "甲" });
  await settle();

  await store.clear();

  expect(store.get().answers.name).toBe("");
  expect(kept()).toBeUndefined();
});

test("a file sent with the session is never claimed by an anonymous petition", () => {
  const files = [
    file({ key: "a", id: "1", sentAnonymously: false }),
    file({ key: "b", id: "2", sentAnonymously: true }),
  ];

  expect(claimable(files, true)).toEqual(["2"]);
  expect(unsent(files, true).map((one) => one.key)).toEqual(["a"]);
  expect(claimable(files, false)).toEqual(["1"]);
});
