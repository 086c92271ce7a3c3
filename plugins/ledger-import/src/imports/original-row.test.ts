import { expect, test } from "vitest";
import { inFileOrder } from "./original-row.ts";

test("cells stand as in the file, those of unknown columns after them", () => {
  const cells = ["内容", "备注", "编号"].map((column) => ({ column }));

  const order = (columns: readonly string[]) => inFileOrder(cells, columns).map((cell) => cell.column);

  expect(order(["编号", "主题", "内容"])).toEqual(["编号", "内容", "备注"]);
  expect(order([])).toEqual(["内容", "备注", "编号"]);
});
