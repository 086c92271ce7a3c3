import zh from "./zh-CN.json" with { type: "json" };

/** The source of the plugin's words; the other language must have the same keys. */
export const words = zh;
export type Words = typeof zh;
