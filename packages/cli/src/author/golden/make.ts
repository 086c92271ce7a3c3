import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createSigningKey } from "@doorstep/plugin-host";
import { kernelPoints } from "@doorstep/sdk";
import { capabilityTexts } from "@doorstep/sdk/server";
import { signArchive } from "../sign-archive.ts";
import { buildGolden, currentLine, GOLDEN } from "./sources.ts";

// Keeps the golden modules of today's SDK. The key that signs them is forgotten, and what is kept is never made again.
const built = await buildGolden();
const used = new Set<string>(
  built.flatMap(({ manifest }) => [...manifest.capabilities, ...manifest.contributions.map((one) => one.point)]),
);
const missing = [...kernelPoints, ...Object.keys(capabilityTexts)].filter((one) => !used.has(one));
if (missing.length > 0) {
  process.stderr.write(`None of them uses: ${missing.join(", ")}\n`);
  process.exit(1);
}
const folder = join(GOLDEN, currentLine);
await mkdir(GOLDEN, { recursive: true });
await mkdir(folder);
const { privateKey, publicKey } = createSigningKey();
for (const { manifest, archive } of built)
  await writeFile(join(folder, `${manifest.id}.dsp`), (await signArchive(archive, privateKey)).archive);
await writeFile(join(folder, "signed-by.pub"), publicKey);
