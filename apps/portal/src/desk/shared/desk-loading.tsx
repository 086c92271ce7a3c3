import { Skeleton } from "@doorstep/ui";
import { useDeskText } from "../text.ts";

/** Stands for a screen that is still being fetched; it takes no focus, so that the real one can. */
export function DeskLoading() {
  const { text } = useDeskText();
  return (
    <main id="main" className="ds-screen">
      <h1 className="ds-hidden">{text("desk.brand")}</h1>
      <Skeleton lines={8} />
    </main>
  );
}
