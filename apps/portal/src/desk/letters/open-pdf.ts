import { kernelClient } from "../../shell/rpc.ts";

export type Locale = "zh-CN" | "en";

function toBlob(base64: string): Blob {
  const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
  return new Blob([bytes], { type: "application/pdf" });
}

const KEPT_MS = 60_000;

/**
 * Opens a letter's PDF in a new tab. The tab is opened at once, while the press of the button still allows it, and
 * filled when the letter has come; where no tab may be opened the letter is saved as a file.
 */
export const openPdf = (caseId: string, noticeId: string, locale: Locale): Promise<void> =>
  openFile(() => kernelClient.notices.pdf.query({ caseId, noticeId, locale }));

/** The same of a letter between units. */
export const openUnitLetterPdf = (letterId: string, locale: Locale): Promise<void> =>
  openFile(() => kernelClient.unitLetters.pdf.query({ letterId, locale }));

async function openFile(fetched: () => Promise<{ readonly fileName: string; readonly pdf: string }>): Promise<void> {
  const tab = open("", "_blank");
  try {
    const letter = await fetched();
    const address = URL.createObjectURL(toBlob(letter.pdf));
    setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
    if (tab) {
      tab.location.replace(address);
      return;
    }
    const link = document.createElement("a");
    link.href = address;
    link.download = letter.fileName;
    link.click();
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** Opens the newest letter of a kind, e.g. the receipt. */
export async function openLetterPdf(caseId: string, code: string, locale: Locale): Promise<void> {
  const letters = await kernelClient.notices.list.query({ caseId });
  const letter = letters.findLast((one) => one.code === code);
  if (letter) await openPdf(caseId, letter.id, locale);
}
