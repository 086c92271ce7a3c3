export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export interface UploadOptions {
  /** From 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** Sends no cookie, so that the file is tied to nobody. */
  readonly anonymous?: boolean;
}

/** Where attachments are sent, as raw bytes with their name in a header; what they are is read from the bytes. */
export const UPLOAD_ADDRESS = "/rpc/files.put";

/** A refused upload, with the code of its sentence. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly data: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.data = { code, params };
  }
}

interface Answer {
  readonly result?: { readonly data?: UploadedFile };
  readonly error?: { readonly data?: { readonly code?: string; readonly params?: Record<string, string | number> } };
}

/** Reads the answer; one that is no JSON comes from something between the page and the server. */
export function readUpload(body: string): UploadedFile {
  let answer: Answer = {};
  try {
    answer = JSON.parse(body) as Answer;
  } catch {
    throw new UploadError("unexpected");
  }
  if (answer.result?.data) return answer.result.data;
  throw new UploadError(answer.error?.data?.code ?? "unexpected", answer.error?.data?.params ?? {});
}

async function uploadWithoutCookies(file: Blob, headers: Record<string, string>, signal?: AbortSignal) {
  const answer = await fetch(UPLOAD_ADDRESS, {
    method: "POST",
    body: file,
    headers,
    credentials: "omit",
    referrerPolicy: "no-referrer",
    ...(signal ? { signal } : {}),
  });
  return readUpload(await answer.text());
}

function uploadWithProgress(
  file: Blob,
  headers: Record<string, string>,
  options: UploadOptions,
): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", UPLOAD_ADDRESS);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      try {
        resolve(readUpload(request.responseText));
      } catch (error) {
        reject(error);
      }
    };
    request.onerror = () => reject(new TypeError("network"));
    request.onabort = () => reject(new DOMException("aborted", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

/**
 * Sends one attachment and gives its id, which a petition or message may claim once.
 *
 * Without cookies there is no running progress: only `fetch` can leave them out on the same origin.
 */
export function uploadFile(file: Blob, name: string, options: UploadOptions = {}): Promise<UploadedFile> {
  const headers = {
    "content-type": "application/octet-stream",
    "x-file-name": encodeURIComponent(name),
  };
  return options.anonymous
    ? uploadWithoutCookies(file, headers, options.signal)
    : uploadWithProgress(file, headers, options);
}
