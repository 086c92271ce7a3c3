/** A line says what somebody notices; which packages of ours were raised along with another is nobody's news. */
// biome-ignore lint/style/noDefaultExport: changesets asks for it.
export default {
  /** @param {{ summary: string }} changeset */
  getReleaseLine: async ({ summary }) => `- ${summary.trim().replaceAll("\n", "\n  ")}`,
  getDependencyReleaseLine: async () => "",
};
