import type { SentFont } from "@doorstep/contracts";

/** A refused font, with the code of its sentence. */
class FontRefused extends Error {
  readonly data: { readonly code: string; readonly params: Readonly<Record<string, string | number>> };

  constructor(data: FontRefused["data"]) {
    super(data.code);
    this.data = data;
  }
}

interface Answer {
  readonly result?: { readonly data: SentFont };
  readonly error?: { readonly data: FontRefused["data"] };
}

/** Sends a face for letters as raw bytes; the server looks it through and names it by its hash. */
export async function sendFont(file: Blob): Promise<SentFont> {
  const response = await fetch("/rpc/texts.putFont", {
    method: "POST",
    body: file,
    headers: { "content-type": "application/octet-stream" },
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (answer.result) return answer.result.data;
  throw new FontRefused(answer.error?.data ?? { code: "unexpected", params: {} });
}
