/** The version of this SDK; plugins name a range of it. */
export const sdkVersion = "0.1.0";
