export type { Actor } from "./actor.ts";
export type { Kernel } from "./kernel.ts";
export { createKernelRouter, createRouter } from "./router.ts";
