import type { Text } from "@doorstep/contracts";
import type { Manifest } from "@doorstep/sdk";
import { capabilityTexts } from "@doorstep/sdk/server";

/** One thing an administrator approves. */
export interface Ask {
  readonly key: string;
  readonly title: Text;
}

/** A module that asks for what this platform does not know is listed all the same, with what is wrong with it. */
const titleOf = (key: Manifest["capabilities"][number]): Text =>
  Object.hasOwn(capabilityTexts, key) ? capabilityTexts[key] : { "zh-CN": key, en: key };

/** Everything a module asks for: its capabilities, and each address it would reach. */
export const asksOf = ({ capabilities, http = [], httpFrom }: Manifest): readonly Ask[] => [
  ...capabilities.map((key) => ({ key, title: titleOf(key) })),
  ...http.map((address) => ({
    key: `http:${address}`,
    title: { "zh-CN": `访问网络地址 ${address}`, en: `Reach ${address}` },
  })),
  ...(httpFrom
    ? [
        {
          key: "http:*",
          title: {
            "zh-CN": "访问各单位管理员在设置里列出的网络地址（内网地址须由最高一级单位列出）",
            en: "Reach the addresses that units list in its settings (those inside your network only where the topmost unit lists them)",
          },
        },
      ]
    : []),
];
