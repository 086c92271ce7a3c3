/** The encodings old registers come in. GB18030 holds all of GBK; the name still tells how the file was written. */
export const encodings = ["utf-8", "gbk", "gb18030", "big5", "utf-16le", "utf-16be"] as const;
export type Encoding = (typeof encodings)[number];
