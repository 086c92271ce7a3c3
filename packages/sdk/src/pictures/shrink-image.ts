/** Longer edge of a photo after shrinking, in pixels: a page of text stays readable. */
export const MAX_EDGE = 2_400;
const JPEG_QUALITY = 0.85;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The size to draw at: never larger than it was, never a side of nothing. */
export function fitted(size: Size, maxEdge: number = MAX_EDGE): Size {
  const scale = Math.min(1, maxEdge / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}

export interface CleanFile {
  readonly content: Blob;
  /** The name with the ending of what it is now. */
  readonly name: string;
  /** False: place, time and device may still be inside. */
  readonly cleaned: boolean;
}

const PICTURE = /\.(jpe?g|jfif|png|hei[cf]|avif|webp|gif|bmp|tiff?)$/i;

/** Told by its name as well: some browsers know no type for a phone's own pictures. */
export function isPicture(file: Pick<Blob, "type">, name: string): boolean {
  return file.type.startsWith("image/") || (file.type === "" && PICTURE.test(name));
}

/**
 * Draws a photo anew: only the picture is left, without place, time and device, upright, and small enough for a slow line.
 * A kind the browser cannot draw comes back as it is and not `cleaned`: whoever asked decides whether it may go.
 *
 * @since 0.1
 */
export async function cleanFile(file: Blob, name: string): Promise<CleanFile> {
  if (!isPicture(file, name)) return { content: file, name, cleaned: true };
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const size = fitted(bitmap);
    const canvas = document.createElement("canvas");
    canvas.width = size.width;
    canvas.height = size.height;
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0, size.width, size.height);
    bitmap.close();
    const type = file.type === "image/png" ? "image/png" : "image/jpeg";
    const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, JPEG_QUALITY));
    if (!content) return { content: file, name, cleaned: false };
    return { content, name: name.replace(/(\.[^.]*)?$/, type === "image/png" ? ".png" : ".jpg"), cleaned: true };
  } catch {
    return { content: file, name, cleaned: false };
  }
}

/**
 * A name that tells nothing about who took the photo: a file's own name often holds a person's.
 *
 * @since 0.1
 */
export function neutralName(name: string, number: number): string {
  const ending = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? "";
  return `${number}${ending.toLowerCase()}`;
}
