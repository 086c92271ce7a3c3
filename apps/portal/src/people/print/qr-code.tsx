import { useQuery } from "@tanstack/react-query";

interface QrCodeProps {
  readonly content: string;
  /** What it is, for those who cannot see it. */
  readonly label: string;
}

interface Modules {
  readonly size: number;
  readonly path: string;
}

/** Quiet zone round the code, in modules [ISO/IEC 18004]. */
const MARGIN = 4;

async function modulesOf(content: string): Promise<Modules> {
  const { create } = await import("qrcode");
  const { modules } = create(content, { errorCorrectionLevel: "M" });
  const squares: string[] = [];
  for (let row = 0; row < modules.size; row += 1) {
    for (let column = 0; column < modules.size; column += 1) {
      if (modules.get(row, column)) squares.push(`M${column + MARGIN} ${row + MARGIN}h1v1h-1z`);
    }
  }
  return { size: modules.size + 2 * MARGIN, path: squares.join("") };
}

/** A QR code drawn as one path, so that it prints sharp at any size. */
export function QrCode(props: QrCodeProps) {
  const code = useQuery({
    queryKey: ["doorstep", "qr", props.content],
    queryFn: () => modulesOf(props.content),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  if (!code.data) return null;
  return (
    <svg className="ds-qr" role="img" aria-label={props.label} viewBox={`0 0 ${code.data.size} ${code.data.size}`}>
      <rect width="100%" height="100%" fill="white" />
      <path d={code.data.path} fill="black" />
    </svg>
  );
}
