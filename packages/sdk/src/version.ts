/** The version of this SDK; plugins name a range of it. */
export const sdkVersion: string = "1.1.0";

/** Versions whose ranges are kept: 1.0 has everything of 0.1 as it was, so that what was made for it goes on running. */
export const servedSdks: readonly string[] = ["0.1.0", sdkVersion];
