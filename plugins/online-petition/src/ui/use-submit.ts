import { useAnonymousKernel, useKernel, useMutation, usePlugin } from "@doorstep/sdk/ui";
import { useEffect } from "react";
import { claimable, type HowToSend, unsent } from "../filing/filing-store.ts";
import { petitionInput } from "../filing/petition-input.ts";
import { sendAttachments } from "../filing/send-attachments.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { useFurther } from "../filing/use-further.ts";
import { plugin } from "../plugin.ts";
import { keepReceipt } from "../receipt/receipt-store.ts";
import { useText } from "./use-text.ts";

export interface Submit {
  /** Sends the petition, now. */
  readonly submit: (how: HowToSend) => void;
  readonly busy: boolean;
  /** What the server refused; a missing network is no failure, it is waited for. */
  readonly failure: { readonly error: unknown } | undefined;
  readonly filesWaiting: number;
}

const SOON_MS = 1_000;
const AGAIN_MS = 20_000;

/** The server has answered, with a refusal; everything else is the line's. */
const isRefusal = (error: unknown): boolean =>
  typeof error === "object" && error !== null && "data" in error && error.data !== undefined && error.data !== null;

/**
 * Files the petition: once, whatever happens on the way. Anonymous ones go without cookies. Without a network it waits and is
 * sent by itself, under the same key and with the same words, as long as this page is open or when it is opened again.
 *
 * @param onFiled - called when the receipt lies in this tab
 */
export function useSubmit(onFiled: () => void): Submit {
  const text = useText();
  const { language } = usePlugin(plugin);
  const kernel = useKernel();
  const anonymousKernel = useAnonymousKernel();
  const { filing } = useFiling();
  const further = useFurther();
  const anonymous = filing.answers.identity === "anonymous";
  // The library would hold a call back until the browser says it is online; here the store does, over a reload as well.
  const file = useMutation(kernel.intake.file.mutationOptions({ networkMode: "always" }));

  const send = useMutation({
    networkMode: "always",
    mutationFn: async (how: HowToSend) => {
      if (how === "withFiles") {
        const failed = await sendAttachments(unsent(filingStore.get().attachments, anonymous), anonymous);
        const last = filingStore.get().attachments.find((one) => one.state === "failed");
        if (failed > 0) throw last?.error ?? new TypeError("network");
      }
      const { answers, attachments, key, attempted } = filingStore.get();
      const input =
        attempted ??
        petitionInput(answers, {
          key,
          language,
          fileIds: claimable(attachments, anonymous),
          further: further?.words ?? "",
          fallbackTitle: text("check.fallbackTitle"),
        });
      filingStore.attempt(input);
      const filed = anonymous ? await anonymousKernel.intake.file.mutate(input) : await file.mutateAsync(input);
      keepReceipt(
        {
          key,
          caseNo: filed.caseNo,
          returnCode: filed.returnCode,
          proof: filed.proof,
          receivedAt: filed.receivedAt,
          timeZone: filed.timeZone,
          unit: filed.unit.name,
          next: filed.next,
          delayed: filed.delayed,
          anonymous,
          filesLeft: unsent(attachments, anonymous).length,
        },
        sessionStorage,
      );
    },
    // The answers go when the receipt is on the screen: until then a page that dies can send them again.
    onSuccess: onFiled,
    onError: (error, how) => filingStore.wait(isRefusal(error) ? null : how),
  });

  const { mutate, isPending, isSuccess, isError, error } = send;
  const { waiting } = filing;
  useEffect(() => {
    if (waiting === null || isPending || isSuccess) return;
    const again = () => {
      if (navigator.onLine) mutate(waiting);
    };
    const timer = setInterval(again, isError ? AGAIN_MS : SOON_MS);
    addEventListener("online", again);
    return () => {
      clearInterval(timer);
      removeEventListener("online", again);
    };
  }, [waiting, isPending, isSuccess, isError, mutate]);

  return {
    submit: mutate,
    busy: isPending,
    failure: isError && isRefusal(error) ? { error } : undefined,
    filesWaiting: unsent(filing.attachments, anonymous).length,
  };
}
