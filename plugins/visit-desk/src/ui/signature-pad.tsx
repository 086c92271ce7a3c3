import "./visit.css";
import { Button, Stack } from "@doorstep/sdk/ui";
import { type PointerEvent, useId, useRef } from "react";
import { useVisitDesk } from "./words.ts";

const WIDTH = 720;
const HEIGHT = 240;

interface SignaturePadProps {
  readonly isSigned: boolean;
  /** The drawing as PNG in base64; `null` when it was wiped. */
  readonly onChange: (png: string | null) => void;
}

/** Draws with finger, pen or mouse. Whoever can use none of them signs on paper. */
export function SignaturePad(props: SignaturePadProps) {
  const { say } = useVisitDesk();
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
      <p id={id}>{say("talk.sign")}</p>
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className="visit-desk-pad"
        role="img"
        aria-labelledby={id}
        onPointerDown={begin}
        onPointerMove={draw}
        onPointerUp={end}
      />
      <p role="status" className="ds-hint">
        {say(props.isSigned ? "talk.signed" : "talk.signHint")}
      </p>
      <div>
        <Button variant="default" onClick={clear}>
          {say("talk.clear")}
        </Button>
      </div>
    </Stack>
  );
}
