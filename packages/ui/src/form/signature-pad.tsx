import { Button, Stack } from "@mantine/core";
import { type PointerEvent, useId, useRef } from "react";
import { useUi } from "../provider.tsx";

const WIDTH = 720;
const HEIGHT = 240;

interface SignaturePadProps {
  /** Who signs what. */
  readonly label: string;
  /** What whoever can use none of finger, pen and mouse does instead. */
  readonly hint: string;
  readonly isSigned: boolean;
  /** The drawing as PNG in base64; `null` when it was wiped. */
  readonly onChange: (png: string | null) => void;
}

/** Draws with finger, pen or mouse. */
export function SignaturePad(props: SignaturePadProps) {
  const { text } = useUi();
  const id = useId();
  const canvas = useRef<HTMLCanvasElement>(null);

  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return [
      ((event.clientX - box.left) * WIDTH) / box.width,
      ((event.clientY - box.top) * HEIGHT) / box.height,
    ] as const;
  };
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    const pen = event.currentTarget.getContext("2d");
    if (!pen) return;
    pen.lineWidth = 3;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...at(event));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const pen = event.currentTarget.getContext("2d");
    pen?.lineTo(...at(event));
    pen?.stroke();
  };
  const end = (event: PointerEvent<HTMLCanvasElement>) => {
    props.onChange(event.currentTarget.toDataURL("image/png").split(",")[1] ?? null);
  };
  const clear = () => {
    canvas.current?.getContext("2d")?.clearRect(0, 0, WIDTH, HEIGHT);
    props.onChange(null);
  };
  return (
    <Stack gap="xs">
      <p id={id}>{props.label}</p>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className="ds-pad"
        role="img"
        aria-labelledby={id}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
      />
      <p role="status" className="ds-hint">
        {props.isSigned ? text("signed") : props.hint}
      </p>
      <div>
        <Button variant="default" onClick={clear}>
          {text("signAgain")}
        </Button>
      </div>
    </Stack>
  );
}
