import { choosePlace } from "../embedded/place.ts";
import { lockedBy } from "../embedded/stale-lock.ts";

/** Gives the process id of the embedded server over a data folder, for tests that kill it. */
export const postmasterOf = (dataDir: string): number | undefined => lockedBy(choosePlace(dataDir).cluster);
