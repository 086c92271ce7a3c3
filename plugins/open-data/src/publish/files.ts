import type { AddressAnswer, AddressRequest } from "@doorstep/sdk/server";
import { z } from "zod";
import { type FileFormat, write } from "../formats.ts";
import type { PublishCtx } from "../publish-ctx.ts";
import { published, standing } from "./public.ts";

type FilesCtx = Pick<PublishCtx, "db" | "unit">;

const FORMATS: Readonly<Record<string, FileFormat>> = {
  "figures.csv": "csv",
  "figures.json": "json",
  "dictionary.csv": "dictionary",
};
const wanted = z.union([
  z.tuple([z.uuid(), z.enum(Object.keys(FORMATS))]),
  z.tuple([z.uuid(), z.enum(Object.keys(FORMATS)), z.stringFormat("version", /^v[1-9]\d{0,5}$/)]),
]);
/** Whoever asks again within this time may be told what he was told before, also of what was withdrawn meanwhile. */
const CACHE_SECONDS = 300;

const none = (status: 404 | 410, words: string): AddressAnswer => ({ status, type: "text/plain", body: `${words}\n` });

/** What is published, with where each file lies below this address. */
async function index(ctx: FilesCtx): Promise<AddressAnswer> {
  const sets = await published(ctx);
  const files = (seriesId: string, version: number) =>
    Object.keys(FORMATS).map((name) => ({ name, path: `${seriesId}/${name}/v${version}` }));
  const body = sets.map(({ seriesId, ...one }) => ({
    ...{ seriesId, ...one, publishedAt: new Date(one.publishedAt).toISOString() },
    newest: `${seriesId}/figures.json`,
    files: files(seriesId, one.version),
  }));
  return { type: "application/json", body: JSON.stringify({ published: body }), cacheSeconds: 0 };
}

/**
 * Published figures as files: `index.json`, `<series>/figures.csv`, `figures.json` and `dictionary.csv`, each with `/v2` behind it
 * for a version. Of what was withdrawn nothing is left but that it is gone.
 */
export async function answerFile(ctx: FilesCtx, { path }: AddressRequest): Promise<AddressAnswer> {
  if (path.length === 1 && path[0] === "index.json") return await index(ctx);
  const asked = wanted.safeParse(path);
  if (!asked.success) return none(404, "There is no such file. index.json lists those there are.");
  const [seriesId, name, version] = asked.data;
  const found = await standing(ctx, {
    seriesId,
    version: version === undefined ? undefined : Number(version.slice(1)),
  });
  if (!found) return none(410, "These figures are not published, or were withdrawn.");
  const { type, fileName, text } = write({ ...found, format: FORMATS[name] ?? "json" });
  return {
    ...{ type, fileName, body: text, cacheSeconds: CACHE_SECONDS },
    changedAt: new Date(found.publishedAt).toISOString(),
  };
}
