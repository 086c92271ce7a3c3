import type { Plugin } from "vite";

const ATTRIBUTE =
  /(\bimport\(\s*(["'])[^"']+\.json\2)\s*,\s*\{\s*with:\s*\{\s*type:\s*["']json["']\s*,?\s*\}\s*,?\s*\}\s*\)/g;

/** While developing, Vite serves JSON as a script but leaves the promise of a lazy import that it is JSON: browsers refuse that. */
export function jsonImports(): Plugin {
  return {
    name: "doorstep:json-imports",
    enforce: "pre",
    apply: "serve",
    transform: (code, id) =>
      /\.tsx?$/.test(id) && code.includes(".json") ? { code: code.replace(ATTRIBUTE, "$1)"), map: null } : undefined,
  };
}
