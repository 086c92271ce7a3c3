import { useEffect, useState } from "react";

/** A letter of more sheets is a mistake of the scanner; each picture stands in the memory of this tab. */
const MOST_SHEETS = 40;
/** As wide as the box is at its largest on a wide desk. */
const WIDTH_PX = 1_400;
/** What one sheet may take at most, whatever size the file says it has. */
const MOST_PIXELS = 8_000_000;

type Pdf = typeof import("unpdf/pdfjs");
type Sheet = Awaited<ReturnType<Awaited<ReturnType<Pdf["getDocument"]>["promise"]>["getPage"]>>;

async function pictureOf(sheet: Sheet): Promise<Blob> {
  const { width, height } = sheet.getViewport({ scale: 1 });
  const viewport = sheet.getViewport({ scale: Math.min(WIDTH_PX / width, Math.sqrt(MOST_PIXELS / (width * height))) });
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(viewport.width);
  canvas.height = Math.ceil(viewport.height);
  await sheet.render({ canvas, viewport }).promise;
  return await new Promise((done, fail) =>
    canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the sheet could not be drawn")))),
  );
}

/** Draws a PDF sheet by sheet: a browser's own viewer would need `object-src`, which the pages' policy forbids. */
async function drawSheets(pdf: Blob, on: (picture: Blob, of: number) => void, signal: AbortSignal): Promise<void> {
  const { getDocument, VerbosityLevel } = await import("unpdf/pdfjs");
  const task = getDocument({
    data: new Uint8Array(await pdf.arrayBuffer()),
    // letters are drawn as lines, so that nothing of the file becomes a font of the page
    ...{ disableFontFace: true, enableXfa: false, maxImageSize: 64_000_000 },
    verbosity: VerbosityLevel.ERRORS,
  });
  signal.addEventListener("abort", () => void task.destroy());
  const document = await task.promise;
  for (let no = 1; no <= Math.min(document.numPages, MOST_SHEETS) && !signal.aborted; no += 1)
    on(await pictureOf(await document.getPage(no)), document.numPages);
  await task.destroy();
}

interface Sheets {
  readonly addresses: readonly string[];
  /** how many there are, known with the first */
  readonly of: number;
  readonly state: "drawing" | "drawn" | "failed";
}
const none: Sheets = { addresses: [], of: 0, state: "drawing" };

/** The sheets of a PDF as addresses that this one tab can show, as they are drawn; nothing of them stays behind. */
export function usePdfSheets(pdf: Blob): Sheets {
  const [sheets, setSheets] = useState(none);
  useEffect(() => {
    const stop = new AbortController();
    const made: string[] = [];
    const add = (picture: Blob, of: number) => {
      if (stop.signal.aborted) return;
      made.push(URL.createObjectURL(picture));
      setSheets({ addresses: [...made], of, state: "drawing" });
    };
    const end = (state: "drawn" | "failed") => {
      if (!stop.signal.aborted) setSheets((before) => ({ ...before, state }));
    };
    drawSheets(pdf, add, stop.signal).then(
      () => end("drawn"),
      () => end("failed"),
    );
    return () => {
      stop.abort();
      for (const address of made) URL.revokeObjectURL(address);
      setSheets(none);
    };
  }, [pdf]);
  return sheets;
}
