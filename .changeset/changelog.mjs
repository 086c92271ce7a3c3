/** A line says what somebody notices; which packages of ours were raised along with another is nobody's news. */
export default {
  /** @param {{ summary: string }} changeset */
  getReleaseLine: async ({ summary }) => `- ${summary.trim().replaceAll("\n", "\n  ")}`,
  getDependencyReleaseLine: async () => "",
};
