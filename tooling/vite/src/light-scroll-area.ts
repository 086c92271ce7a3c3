import type { Plugin } from "vite";

const MERGE_REFS = "\0doorstep-merge-refs";

/**
 * Mantine's ScrollArea takes one small hook out of a library for popovers; since a file of that library is one module, every
 * reader of every page would download all of it.
 */
export function lightScrollArea(): Plugin {
  return {
    name: "doorstep:light-scroll-area",
    enforce: "pre",
    apply: "build",
    resolveId(id, importer) {
      const isFromThere = importer?.replaceAll("\\", "/").endsWith("/components/ScrollArea/ScrollArea.mjs");
      if (isFromThere && id === "@floating-ui/react") return `${MERGE_REFS}?from=${importer}`;
      const [own, from] = importer?.split("?from=") ?? [];
      return own === MERGE_REFS && from ? this.resolve(id, from) : undefined;
    },
    load: (id) =>
      id.startsWith(MERGE_REFS)
        ? {
            code: `import { useMergedRef } from "@mantine/hooks";\nexport const useMergeRefs = (refs) => useMergedRef(...refs);`,
            moduleType: "js",
          }
        : undefined,
  };
}
