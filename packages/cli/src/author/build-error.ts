/** Something an author has to put right. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}
