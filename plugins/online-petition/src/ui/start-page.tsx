import { Screen, Skeleton, usePage } from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { dropReceipt } from "../receipt/receipt-store.ts";
import { useText } from "./use-text.ts";

/** The door of the plugin: goes on to the first question and forgets the receipt of the matter before. */
export function StartPage() {
  const text = useText();
  const { go } = usePage();
  useEffect(() => {
    dropReceipt(sessionStorage);
    go("/1", { replace: true });
  });
  return (
    <Screen title={text("start")} hideTitle>
      <Skeleton />
    </Screen>
  );
}
