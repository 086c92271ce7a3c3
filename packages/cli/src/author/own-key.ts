/** The signing key of the platform on this machine; needs its key file and no database. */
export async function ownKeyOfHere(): Promise<string> {
  const { ownKeyOf, readEnv } = await import("@doorstep/server");
  return await ownKeyOf(readEnv());
}
