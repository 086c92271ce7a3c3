export { type Blobs, folderBlobs } from "./blobs.ts";
export type { Bytes } from "./byte-reader.ts";
export { type KeptFile, keepFile, MAX_FILE_MB } from "./keep-file.ts";
export { type FileReader, type FileRow, mayReadFile, openFile } from "./may-read-file.ts";
export { forgetUnclaimed, readContent } from "./read-file.ts";
