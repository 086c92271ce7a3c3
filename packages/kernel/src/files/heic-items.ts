import { type Box, blankBox, boxesIn, Cursor } from "./iso-boxes.ts";

/** From where to where in the file. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Items that are (parts of) the picture; all others, EXIF and XMP first, tell about it and go. */
const PICTURES = new Set("hvc1 hev1 lhv1 hvt1 grid iovl iden tmap av01 avc1 jpeg j2k1 j2ki vvc1 evc1 unci".split(" "));
/** What the index of items is made of; anything else in it is a remark. */
const INDEX = new Set("hdlr dinf pitm iinf iloc iprp iref idat grpl ipro free skip".split(" "));

/** Items by id that belong to the picture. */
function picturesIn(meta: Buffer, iinf: Box): ReadonlySet<number> {
  const pictures = new Set<number>();
  const entries = iinf.body + (meta.readUInt8(iinf.body) === 0 ? 6 : 8);
  for (const entry of boxesIn(meta, entries, iinf.end)) {
    if (entry.type !== "infe") continue;
    const version = meta.readUInt8(entry.body);
    const cursor = new Cursor(meta, entry.body + 4);
    const id = cursor.uint(version < 3 ? 2 : 4);
    cursor.uint(2);
    if (version > 1 && PICTURES.has(cursor.text(4))) pictures.add(id);
  }
  return pictures;
}

interface Extent extends Stretch {
  readonly item: number;
  /** 0: in the file; 1: in the index itself; 2: in another item */
  readonly method: number;
}

/** Where the items lie. */
function extentsIn(meta: Buffer, iloc: Box): readonly Extent[] {
  const version = meta.readUInt8(iloc.body);
  const cursor = new Cursor(meta, iloc.body + 4);
  const widths = cursor.uint(2);
  const [offsetWidth, lengthWidth, baseWidth] = [widths >> 12, (widths >> 8) & 15, (widths >> 4) & 15];
  const indexWidth = version === 0 ? 0 : widths & 15;
  const extents: Extent[] = [];
  for (let left = cursor.uint(version < 2 ? 2 : 4); left > 0; left -= 1) {
    const item = cursor.uint(version < 2 ? 2 : 4);
    const method = version === 0 ? 0 : cursor.uint(2) & 15;
    cursor.uint(2);
    const base = cursor.uint(baseWidth);
    for (let parts = cursor.uint(2); parts > 0; parts -= 1) {
      cursor.uint(indexWidth);
      const from = base + cursor.uint(offsetWidth);
      extents.push({ item, method, from, to: from + cursor.uint(lengthWidth) });
    }
  }
  return extents;
}

/** Fills with zeros what lies in none of the stretches; `at` is where the first byte lies in the file. */
export function keepOnly(bytes: Buffer, at: number, kept: readonly Stretch[]): void {
  let done = 0;
  for (const { from, to } of kept) {
    if (to <= at + done || from >= at + bytes.length) continue;
    bytes.fill(0, done, Math.max(done, from - at));
    done = Math.max(done, to - at);
  }
  bytes.fill(0, Math.min(done, bytes.length));
}

/**
 * Blanks what the index of a HEIC file (its `meta` box, with head) itself says beyond the picture.
 *
 * @returns where in the file the picture lies, in order; everything else there may go.
 * @throws RangeError when it is not well-formed, or the picture cannot be told from the rest.
 */
export function blankRemarks(meta: Buffer, box: Box): readonly Stretch[] {
  const children = boxesIn(meta, box.body + 4, box.end);
  for (const child of children) if (!INDEX.has(child.type)) blankBox(meta, child);
  const [iinf, iloc, idat] = ["iinf", "iloc", "idat"].map((type) => children.find((child) => child.type === type));
  if (!iinf || !iloc) throw new RangeError("no index of items");
  const pictures = picturesIn(meta, iinf);
  const kept = extentsIn(meta, iloc)
    .filter((extent) => pictures.has(extent.item))
    .toSorted((a, b) => a.from - b.from);
  // part of another item, or to an end that nobody states
  if (kept.some((extent) => extent.method > 1 || extent.to === extent.from)) throw new RangeError("no certain place");
  if (idat)
    keepOnly(
      meta.subarray(idat.body, idat.end),
      0,
      kept.filter((extent) => extent.method === 1),
    );
  return kept.filter((extent) => extent.method === 0);
}
