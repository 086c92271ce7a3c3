const WIDTH = 900;
const LINE = 90;
const FONTS = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Draws the lines of a receipt and hands the picture to the browser's downloads; the second line, the code, is large. */
export function saveAsImage(lines: readonly string[]): void {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = LINE * (lines.length + 1);
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = "black";
  context.textAlign = "center";
  for (const [index, line] of lines.entries()) {
    context.font = index === 1 ? `bold 52px ui-monospace, Consolas, monospace` : `32px ${FONTS}`;
    context.fillText(line, WIDTH / 2, LINE * (index + 1), WIDTH - 40);
  }
  canvas.toBlob((picture) => {
    if (!picture) return;
    const address = URL.createObjectURL(picture);
    const link = document.createElement("a");
    link.href = address;
    link.download = "receipt.png";
    link.click();
    URL.revokeObjectURL(address);
  });
}
