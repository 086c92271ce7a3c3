import { useQuery } from "@tanstack/react-query";
import { toDataURL } from "qrcode";

interface QrImageProps {
  readonly content: string;
  readonly alt: string;
  /** CSS pixels */
  readonly size?: number;
}

/** A QR code made in the browser: what it holds (the key of an authenticator) goes nowhere else. */
export function QrImage(props: QrImageProps) {
  const size = props.size ?? 220;
  const image = useQuery({
    queryKey: ["doorstep", "qr", props.content],
    queryFn: () => toDataURL(props.content, { width: size * 2, margin: 2, errorCorrectionLevel: "M" }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return image.data ? <img src={image.data} alt={props.alt} width={size} height={size} /> : null;
}
