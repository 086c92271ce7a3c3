import { useDeviceStore, useErrorText, useMutation, useQueryClient } from "@doorstep/sdk/ui";
import { useCallback, useEffect, useRef, useState } from "react";
import { useReception } from "./words.ts";

export type Values = Readonly<Record<string, string>>;

/** What of a visit lies on this device alone. */
interface PadOfVisit {
  readonly values: Values;
  /** it was noted, and goes to the server once there is a way */
  readonly waits: boolean;
  /** why the server would not have it */
  readonly refused?: string;
}
type PadsOfDay = Readonly<Record<string, PadOfVisit>>;

const AGAIN_MS = 15_000;
export const PROMISES = 3;

export const promiseOf = (values: Values, no: number) => ({
  words: (values[`words${no}`] ?? "").trim(),
  ownerId: values[`ownerId${no}`] ?? "",
  dueOn: values[`dueOn${no}`] ?? "",
});

const recordOf = (values: Values) => ({
  record: values.record ?? "",
  signature: values.png ?? "",
  promises: Array.from({ length: PROMISES }, (_, no) => promiseOf(values, no)).filter((one) => one.words !== ""),
});

/** No answer of ours came back: the server was not reached, or something before it failed. */
const isUnreached = (error: unknown): boolean => !(error as { readonly data?: unknown }).data;

/**
 * The pads of a day: what is typed stays on the device until the server has it, encrypted under the session. Where there is no
 * network a visit is noted here and sent as soon as there is one, with the page open or at its next opening.
 */
export function usePads(sessionId: string) {
  const { rpc } = useReception();
  const store = useDeviceStore();
  const errorText = useErrorText();
  const queries = useQueryClient();
  const [pads, setPads] = useState<PadsOfDay>();
  const now = useRef<PadsOfDay>({});
  const { mutateAsync: send } = useMutation(rpc.heard.mutationOptions({ networkMode: "always" }));

  const change = useCallback(
    async (bookingId: string, pad: PadOfVisit | undefined): Promise<boolean> => {
      const { [bookingId]: _, ...others } = now.current;
      now.current = pad ? { ...others, [bookingId]: pad } : others;
      setPads(now.current);
      if (Object.keys(now.current).length > 0) return (await store?.write(sessionId, now.current)) ?? false;
      store?.clear(sessionId);
      return true;
    },
    [store, sessionId],
  );

  /** @returns whether it is noted: there, or here until there is a way */
  const note = useCallback(
    async (bookingId: string, values: Values): Promise<boolean> => {
      try {
        await send({ bookingId, ...recordOf(values) });
        await change(bookingId, undefined);
        return true;
      } catch (error) {
        const waits = isUnreached(error);
        const kept = await change(bookingId, { values, waits, ...(!waits && { refused: errorText(error) }) });
        if (waits && !kept) await change(bookingId, { values, waits: false, refused: errorText(error) });
        return waits && kept;
      }
    },
    [send, change, errorText],
  );

  useEffect(() => {
    if (!store) return;
    void store.read<PadsOfDay>(sessionId).then((found) => {
      now.current = { ...found, ...now.current };
      setPads(now.current);
    });
  }, [store, sessionId]);

  const waiting = Object.entries(pads ?? {}).filter(([, pad]) => pad.waits);
  const waits = waiting.length > 0;
  useEffect(() => {
    if (!waits) return;
    let busy = false;
    const sendAll = async () => {
      if (busy || !navigator.onLine) return;
      busy = true;
      try {
        for (const [bookingId, pad] of Object.entries(now.current)) if (pad.waits) await note(bookingId, pad.values);
      } finally {
        busy = false;
      }
      await queries.invalidateQueries();
    };
    void sendAll();
    const timer = setInterval(() => void sendAll(), AGAIN_MS);
    const onOnline = () => void sendAll();
    addEventListener("online", onOnline);
    return () => {
      clearInterval(timer);
      removeEventListener("online", onOnline);
    };
  }, [waits, note, queries]);

  return {
    /** whether what lies on the device has been looked at */
    ready: pads !== undefined,
    pads: pads ?? {},
    waiting: waiting.length,
    note,
    keep: (bookingId: string, values: Values) => void change(bookingId, { values, waits: false }),
    forget: (bookingId: string) => void change(bookingId, undefined),
  };
}
