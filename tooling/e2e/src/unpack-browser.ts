import { openBrowser } from "./browser.ts";

/** Opens the browser once before all tests: the one that comes as a package unpacks itself, which two at a time would spoil. */
export async function setup(): Promise<void> {
  const browser = await openBrowser();
  await browser.close();
}
