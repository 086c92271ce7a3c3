import { problemOf } from "../shared/problem.ts";

type Language = "zh-CN" | "en";

/** A refusal of the file address, in the shape that every other call has. */
function refusalIn(body: unknown): unknown {
  return typeof body === "object" && body !== null && "error" in body ? body.error : body;
}

/**
 * Fetches one attachment by POST, so that no address leads to it, and hands it to the browser's downloads.
 *
 * @returns what went wrong, in the reader's language
 */
export async function downloadFile(fileId: string, name: string, language: Language): Promise<string | undefined> {
  try {
    const answer = await fetch("/rpc/files.get", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ fileId }),
    });
    if (!answer.ok) return problemOf(refusalIn(await answer.json()), language).message;
    const address = URL.createObjectURL(await answer.blob());
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
    return undefined;
  } catch (error) {
    return problemOf(error, language).message;
  }
}
