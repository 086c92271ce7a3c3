import { useUi } from "../provider.tsx";
import { useDelayed } from "./use-delayed.ts";

const widths = [92, 78, 85, 64, 88, 71, 80, 58];

/** Grey lines in the place of what is coming; they appear only when it takes longer than 300 ms. */
export function Skeleton(props: { readonly lines?: number }) {
  const { text } = useUi();
  const shown = useDelayed();
  const lines = widths.slice(0, props.lines ?? 4);
  return (
    <div role="status" className="ds-skeleton" aria-busy="true">
      {shown && (
        <>
          <span className="ds-hidden">{text("loading")}</span>
          {lines.map((width) => (
            <span key={width} aria-hidden="true" style={{ width: `${width}%` }} />
          ))}
        </>
      )}
    </div>
  );
}
