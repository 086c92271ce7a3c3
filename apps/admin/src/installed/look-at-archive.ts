import type { ArchiveLook } from "@doorstep/contracts";

export interface Problem {
  readonly code: string;
  readonly message: { readonly "zh-CN": string; readonly en: string };
  readonly fix: { readonly "zh-CN": string; readonly en: string } | null;
}

export type Looked =
  | { readonly ok: true; readonly look: ArchiveLook }
  | { readonly ok: false; readonly problems: readonly Problem[] };

interface Answer {
  readonly result?: { readonly data?: Looked };
  readonly error?: { readonly data?: { readonly code?: string; readonly params?: Record<string, string | number> } };
}

/** Sends an archive to be looked into. @throws an error with the code of its sentence */
export async function lookAtArchive(file: File): Promise<Looked> {
  const response = await fetch("/rpc/modules.look", {
    method: "POST",
    body: file,
    headers: { "content-type": "application/octet-stream" },
  });
  const answer = (await response.json().catch(() => ({}))) as Answer;
  if (answer.result?.data) return answer.result.data;
  const { code = "unexpected", params = {} } = answer.error?.data ?? {};
  throw Object.assign(new Error(code), { data: { code, params } });
}
