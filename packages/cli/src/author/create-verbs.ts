import { basename, resolve } from "node:path";
import { addPiece, CreateError, type PieceName, pieceNames, pieces } from "@doorstep/create-plugin";
import { type Output, UsageError, type Verb } from "../verb.ts";
import { only, parsed, said, tell } from "./arguments.ts";

const list = pieceNames.map((name) => `  ${name.padEnd(10)} ${pieces[name].summary}`).join("\n");

function pieceOf(name: string): PieceName {
  const found = pieceNames.find((one) => one === name);
  if (!found) throw new UsageError(`There is no piece "${name}".`);
  return found;
}

async function orSaid(output: Output, work: () => Promise<number> | number): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CreateError)) throw error;
    if (output.json) output.out(JSON.stringify({ ok: false, code: "create", message: error.message }));
    else output.err(`That cannot be made: ${error.message}.`);
    return 1;
  }
}

/** Makes a module that lies outside of this clone. */
export const create: Verb = {
  summary: "make a new module in a folder outside of this clone",
  usage: [
    "doorstep create <folder> [--id <id>] [--title <Chinese>] [--title-en <English>] [--with <piece>,...] [--no-install]",
    "  --id       @default the folder's name",
    `  --with     what it begins with; "all" is every piece; @default router,page`,
    list,
  ].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, {
      id: { type: "string" },
      title: { type: "string" },
      "title-en": { type: "string" },
      with: { type: "string" },
      "no-install": { type: "boolean" },
    });
    const folder = resolve(only(positionals, "folder"));
    const wanted = said(values.with) ?? "router,page";
    const names = wanted === "all" ? pieceNames : wanted.split(",").filter(Boolean).map(pieceOf);
    const id = said(values.id) ?? basename(folder);
    const en = said(values["title-en"]) ?? id;
    const title = { "zh-CN": said(values.title) ?? id, en };
    const { createHere } = await import("./clone/create-here.ts");
    return await orSaid(output, async () => {
      await createHere({ folder, id, title, with: names }, values["no-install"] !== true);
      tell(output, { folder, id, pieces: names }, `The module ${id} is in ${folder}. Try: cd ${folder} && npm test`);
      return 0;
    });
  },
};

/** Adds a piece to the sources of a module. */
export const add: Verb = {
  summary: "add a piece to the sources of a module",
  usage: ["doorstep add <piece> [--to <folder>] [--name <name>]", "  --to  @default this folder", list].join("\n"),
  async run(args, output) {
    const { values, positionals } = parsed(args, { to: { type: "string" }, name: { type: "string" } });
    const piece = pieceOf(only(positionals, "piece"));
    return await orSaid(output, () => {
      const files = addPiece(resolve(said(values.to) ?? "."), piece, said(values.name));
      tell(output, { piece, files }, files.join("\n"));
      return 0;
    });
  },
};
