import { expect, test } from "vitest";
import { headerKey, proposeMapping } from "./mapping.ts";

test.each([
  [
    "id,user,subject,created_at,body,reply,replied_at",
    {
      key: ["id"],
      title: ["subject"],
      body: ["body"],
      receivedAt: "created_at",
      reply: ["reply"],
      repliedAt: "replied_at",
      petitioner: "user",
    },
  ],
  [
    "留言编号,留言用户,留言主题,留言时间,留言详情,答复意见,答复时间",
    {
      key: ["留言编号"],
      petitioner: "留言用户",
      title: ["留言主题"],
      receivedAt: "留言时间",
      body: ["留言详情"],
      reply: ["答复意见"],
      repliedAt: "答复时间",
    },
  ],
  [
    "unique_key,account,opendate,closedate,complaint_type,descriptor,zip,borough,city,council_dist,community_board",
    { key: ["unique_key"], receivedAt: "opendate", closedAt: "closedate", title: ["complaint_type", "descriptor"] },
  ],
  ["x,y,z", {}],
])("for %s it proposes %j", (names, expected) => {
  expect(proposeMapping(names.split(","))).toEqual(expected);
});

test("columns are known again in whatever order they stand", () => {
  expect(headerKey(["a", "b"])).toBe(headerKey(["b", "a"]));
  expect(headerKey(["a", "b"])).not.toBe(headerKey(["a", "c"]));
});
