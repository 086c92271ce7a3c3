import { definePlugin } from "@doorstep/sdk";
import { z } from "zod";

/** Old registers from CSV and XLSX files, row by row, with a report before anything is written. */
export const plugin = definePlugin({
  id: "ledger-import",
  title: { "zh-CN": "台账导入", en: "Register import" },
  purpose: {
    "zh-CN": "把以往的信访台账（CSV、XLSX）导入系统，先试算、后导入，每一行都有结果。",
    en: "Takes over old registers from CSV and XLSX: tried out first, with a result for every row.",
  },
  sdk: "^1.0.0",
  onByDefault: true,
  capabilities: ["db", "files", "units.read", "cases.read", "intake.import"],
  permissions: {
    run: { title: { "zh-CN": "导入台账", en: "Import registers" }, grants: ["officer", "platformAdmin"] },
  },
  settings: z.object({
    maxMegabytes: z
      .number()
      .int()
      .min(1)
      .max(500)
      .default(100)
      .meta({ title: "文件大小上限（MB）", "x-labels": { en: "Largest file (MB)" }, cascade: "atMost" }),
  }),
});
