interface Begun {
  readonly importId: string;
  readonly chunkBytes: number;
}

/** The calls an upload is made of. */
export interface UploadCalls {
  readonly begin: (input: { fileName: string; size: number }) => Promise<Begun>;
  readonly chunk: (input: { importId: string; no: number; data: string }) => Promise<unknown>;
}

/** The bytes as text; the browser's own way, so that no loop runs over them. */
function base64Of(piece: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error ?? new Error("the file could not be read"));
    reader.readAsDataURL(piece);
  });
}

/** Times a piece is sent again when the line breaks; the server takes it once. */
const TRIES = 3;

async function sendPiece(calls: UploadCalls, piece: { importId: string; no: number; data: string }): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await calls.chunk(piece);
      return;
    } catch (error) {
      const wasAnswered = (error as { data?: unknown }).data != null;
      if (wasAnswered || attempt === TRIES) throw error;
    }
  }
}

/** Sends a file in pieces and gives the id of its import. */
export async function sendFile(calls: UploadCalls, file: File, onProgress: (share: number) => void): Promise<string> {
  const { importId, chunkBytes } = await calls.begin({ fileName: file.name.slice(-200), size: file.size });
  const count = Math.ceil(file.size / chunkBytes);
  for (let no = 0; no < count; no += 1) {
    const data = await base64Of(file.slice(no * chunkBytes, (no + 1) * chunkBytes));
    await sendPiece(calls, { importId, no, data });
    onProgress((no + 1) / count);
  }
  return importId;
}
