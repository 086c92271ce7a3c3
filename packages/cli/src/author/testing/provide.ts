const built = new Map<string, Promise<Buffer>>();

/** Built once for all that a test file does with it, however it is signed. */
async function archiveOf(root: string, privateKey: string): Promise<Uint8Array> {
  const { buildPlugin } = await import("../build-plugin.ts");
  const { signArchive } = await import("../sign-archive.ts");
  const unsigned = built.get(root) ?? buildPlugin(root).then(({ archive }) => archive);
  built.set(root, unsigned);
  return (await signArchive(await unsigned, privateKey)).archive;
}

/** Set-up file of the test runs: lets `@doorstep/sdk/test` find the host, which is loaded when a test first asks. */
const provider = async (options: never): Promise<unknown> => {
  const { providePluginHost } = await import("@doorstep/plugin-host/testing");
  return await providePluginHost(options, archiveOf);
};

Object.assign(globalThis, { [Symbol.for("doorstep.testHost")]: provider });
