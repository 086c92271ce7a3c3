/** Something that whoever asked for a module or a piece has to decide differently. */
export class CreateError extends Error {
  override readonly name = "CreateError";
}
