import { accessSync, constants, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** What is missing when no browser can be had; shown as the failure of the browser tests, which never skip. */
const NO_BROWSER =
  "No browser for the tests: set CHROME_PATH to a Chromium or Chrome, or install one (Debian: apt-get install chromium).";

/** A program to run and how. */
interface Executable {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * How the tests open every page: a person who asks for less motion. A panel that is still fading in has paler colours than the one
 * that is read, and on a busy machine it fades for seconds.
 */
export const STILL = { reducedMotion: "reduce" } as const;

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/** Our tests load only our own pages; as root, and in containers, the sandbox cannot start. */
const ARGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"];

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed(env: NodeJS.ProcessEnv): string | undefined {
  if (env.CHROME_PATH) {
    if (canRun(env.CHROME_PATH)) return env.CHROME_PATH;
    throw new Error(`CHROME_PATH is ${env.CHROME_PATH}, which cannot be run.`);
  }
  const folders = (env.PATH ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...candidates, ...MAC].find(canRun);
}

/** Writes a font configuration that knows only Noto Sans SC, so that Han text is drawn on a machine without fonts. */
function fontsFile(): string {
  const fonts = dirname(createRequire(import.meta.url).resolve("@expo-google-fonts/noto-sans-sc/package.json"));
  const folder = mkdtempSync(join(tmpdir(), "doorstep-fonts-"));
  const weights = readdirSync(fonts, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith(".ttf"))
    .map((name) => join(fonts, dirname(name)));
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const dirs = [...new Set(weights)].map((dir) => `<dir>${escaped(dir)}</dir>`).join("");
  const file = join(folder, "fonts.conf");
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>${dirs}<cachedir>${escaped(folder)}</cachedir></fontconfig>`,
  );
  return file;
}

async function fromPackage(): Promise<Executable> {
  if (process.platform !== "linux" || process.arch !== "x64") throw new Error(NO_BROWSER);
  const { default: packaged } = await import("@sparticuz/chromium");
  return {
    executablePath: await packaged.executablePath(),
    // Not the arguments the package proposes for cloud functions: in one single process a page that fails takes the browser
    // with it, and without web security our own policies would go untested.
    args: [...ARGS, "--no-zygote"],
    env: { FONTCONFIG_FILE: fontsFile() },
  };
}

/**
 * Opens a headless browser: CHROME_PATH, else an installed Chromium or Chrome, else the one that comes as an npm package.
 *
 * @throws Error that says what to install when there is none.
 */
export async function openBrowser(): Promise<Browser> {
  // biome-ignore lint/style/noProcessEnv: finding the browser is what this file is for.
  const env = process.env;
  const found = installed(env);
  const chosen: Executable = found ? { executablePath: found, args: ARGS, env: {} } : await fromPackage();
  const variables = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  return await chromium.launch({
    executablePath: chosen.executablePath,
    args: [...chosen.args],
    env: { ...variables, ...chosen.env },
    headless: true,
  });
}
