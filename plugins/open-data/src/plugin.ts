import { definePlugin } from "@doorstep/sdk";

/** Released figures for everybody, as a person of the unit publishes them. */
export const plugin = definePlugin({
  id: "open-data",
  title: { "zh-CN": "数据公开", en: "Open data" },
  purpose: {
    "zh-CN":
      "把平台已经发布的统计数字，由单位的人决定公开，附数据说明，任何人都可以查看、下载CSV和JSON；可以撤回，改动有版本。不含任何事项和人员。",
    en: "Publishes figures that the platform has released, where a person of the unit decides so: with a data dictionary, for everybody to read and to take as CSV and JSON; in versions, and withdrawable. No petition and no person is in it.",
  },
  sdk: "^1.0.0",
  capabilities: ["db", "datasets.read", "units.read", "serve"],
  permissions: {
    publish: {
      title: { "zh-CN": "公开和撤回数据", en: "Publish and withdraw figures" },
      grants: ["officeHead", "signer"],
    },
  },
});
