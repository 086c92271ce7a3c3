export { type Blobs, folderBlobs } from "./blobs.ts";
export { ByteReader, type Bytes } from "./byte-reader.ts";
export { decrypt as decryptStream, encrypt as encryptStream } from "./chunk-cipher.ts";
export { type KeptFile, keepFile, MAX_FILE_MB } from "./keep-file.ts";
export { type FileReader, type FileRow, mayReadFile, openFile } from "./may-read-file.ts";
export { forgetUnclaimed, readContent } from "./read-file.ts";
