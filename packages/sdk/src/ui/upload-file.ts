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

/** Where attachments are sent, as raw bytes; names and kinds travel in headers. */
export const UPLOAD_ADDRESS = "/api/files";

/** A refused upload, with the code of its sentence. */
export class UploadError extends Error {
  override readonly name = "UploadError";
  readonly data: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

  constructor(code: string, params: Readonly<Record<string, string | number>> = {}) {
    super(code);
    this.data = { code, params };
  }
}

function refusalOf(body: string): UploadError {
  try {
    const parsed = JSON.parse(body) as { error?: { code?: unknown; params?: Record<string, string | number> } };
    if (typeof parsed.error?.code === "string") return new UploadError(parsed.error.code, parsed.error.params ?? {});
  } catch {
    // An answer that is no JSON comes from something between the page and the server.
  }
  return new UploadError("unexpected");
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
  const body = await answer.text();
  if (!answer.ok) throw refusalOf(body);
  return JSON.parse(body) as UploadedFile;
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
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText) as UploadedFile);
      else reject(refusalOf(request.responseText));
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
    "x-file-type": file.type || "application/octet-stream",
  };
  return options.anonymous
    ? uploadWithoutCookies(file, headers, options.signal)
    : uploadWithProgress(file, headers, options);
}
