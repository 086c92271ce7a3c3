export { addPiece } from "./add-piece.ts";
export { CreateError } from "./create-error.ts";
export { type CreateOptions, checkNew, createPlugin } from "./create-plugin.ts";
export { type PieceName, pieceNames, pieces } from "./pieces/pieces.ts";
export type { Sources } from "./skeleton.ts";
