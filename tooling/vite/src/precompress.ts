import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";

const compressible = /\.(js|css|svg|json)$/;

/** Below this a compressed copy saves nothing that a reader could notice. */
const MIN_BYTES = 1_024;

/** Lays a `.br` and a `.gz` copy beside every file whose name carries its hash, so that no request waits for it. */
export function precompress(): Plugin {
  return {
    name: "doorstep:precompress",
    apply: "build",
    writeBundle: {
      order: "post",
      handler(output) {
        const assets = join(output.dir ?? "dist", "assets");
        for (const name of readdirSync(assets).filter((file) => compressible.test(file))) {
          const content = readFileSync(join(assets, name));
          if (content.length < MIN_BYTES) continue;
          writeFileSync(join(assets, `${name}.gz`), gzipSync(content, { level: 9 }));
          writeFileSync(
            join(assets, `${name}.br`),
            brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }),
          );
        }
      },
    },
  };
}
