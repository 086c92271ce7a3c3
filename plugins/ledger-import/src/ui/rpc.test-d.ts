/** The calls of the screens are typed by the server half: a wrong one does not compile. */
import { useLedgerImport } from "./words.ts";

export function Screen() {
  const { rpc, say, settings } = useLedgerImport();
  rpc.get.queryOptions({ importId: "x" });
  // @ts-expect-error no such procedure
  rpc.forget.queryOptions({ importId: "x" });
  // @ts-expect-error wrong input
  rpc.get.queryOptions({ id: "x" });
  // @ts-expect-error a mutation is no query
  rpc.run.queryOptions({ importId: "x" });
  // @ts-expect-error no such words
  say("list.nothing");
  const most: number | undefined = settings.maxMegabytes;
  // @ts-expect-error settings are typed
  const wrong: string | undefined = settings.maxMegabytes;
  return `${most}${wrong}`;
}
