/** Hands a PDF as the server sent it to the browser's downloads. */
export function savePdf(file: { readonly fileName: string; readonly pdf: string }): void {
  const bytes = Uint8Array.from(atob(file.pdf), (character) => character.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: "application/pdf" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = file.fileName;
  link.click();
  URL.revokeObjectURL(url);
}
