/** How a report is taken along from here. */
export const fileFormats = ["csv", "xlsx", "pdf"] as const;
export type FileFormat = (typeof fileFormats)[number];

const types: Readonly<Record<FileFormat, string>> = {
  csv: "text/csv;charset=utf-8",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  pdf: "application/pdf",
};

function saveBlob(blob: Blob, fileName: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}

/** Hands a report to the browser as a file. */
export function saveReport(
  format: FileFormat,
  { fileName, file }: { readonly fileName: string; readonly file: string | null },
): void {
  const bytes = Uint8Array.from(atob(file ?? ""), (one) => one.charCodeAt(0));
  saveBlob(new Blob([bytes], { type: types[format] }), fileName);
}

/** The registers of the platform itself are written while they are read: a workbook of them may be longer than a page. */
export const isBook = (key: string): boolean => key.startsWith("kernel/");

/** Fetches such a register as a workbook, by POST, so that no address leads to it. */
export async function saveBook(key: string, params: Readonly<Record<string, unknown>>, locale: string): Promise<void> {
  const answer = await fetch("/rpc/reports.book", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ key, params, locale }),
  });
  // a refusal in the shape that every other call has
  if (!answer.ok) throw ((await answer.json()) as { error: unknown }).error;
  saveBlob(await answer.blob(), `${key.replace("/", "-")}.xlsx`);
}
