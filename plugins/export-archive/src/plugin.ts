import { definePlugin } from "@doorstep/sdk";

/** The whole file of a case as one signed PDF. */
export const plugin = definePlugin({
  id: "export-archive",
  title: { "zh-CN": "卷宗导出", en: "Case files" },
  purpose: {
    "zh-CN":
      "把一件信访事项的全部材料制成一份带目录、签名和台账证明的PDF卷宗，可长期保存；谁为什么制卷，台账都有记录。",
    en: "Makes one PDF of a whole case, with index, signature and the ledger's proof, fit to be kept for good; who made it and what for stands in the ledger.",
  },
  sdk: "^1.0.0",
  permissions: {
    make: {
      title: { "zh-CN": "制作卷宗", en: "Make case files" },
      grants: ["clerk", "officer", "handler", "reviewer", "discipline"],
    },
  },
});
