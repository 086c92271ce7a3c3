import { expect, test } from "vitest";
import { possibleParents, type Topic, topicRows, withChanges } from "./topic-tree.ts";

const topic = (id: string, parentId: string | null = null): Topic => ({
  id,
  code: id.toUpperCase(),
  name: { "zh-CN": id, en: id },
  parentId,
  retired: false,
  neverMediated: false,
  platformOwn: false,
});
const topics = [topic("c", "b"), topic("b", "a"), topic("a"), topic("z")];

test("rows go from parents to children, by code", () => {
  expect(topicRows(topics).map((row) => [row.topic.id, row.depth])).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
    ["z", 0],
  ]);
});

test("changes stand in the place of what they change; new topics are added", () => {
  const renamed = { ...topic("a"), code: "Y" };
  const merged = withChanges(
    topics,
    new Map([
      ["a", renamed],
      ["n", topic("n", "z")],
    ]),
  );

  expect(merged.find((one) => one.id === "a")).toBe(renamed);
  expect(topicRows(merged).map((row) => row.topic.id)).toEqual(["a", "b", "c", "z", "n"]);
});

test("a topic cannot be put below itself", () => {
  expect(possibleParents(topics, "b").map((one) => one.id)).toEqual(["a", "z"]);
});
