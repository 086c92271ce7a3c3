/** For browser halves that take photos or scans. Bundled with whoever imports it. */
export { type CleanFile, cleanFile, neutralName } from "./pictures/shrink-image.ts";
