import { useAnonymousKernel, useKernel, useMutation, usePage, usePlugin } from "@doorstep/sdk/ui";
import { claimable, unsent } from "../filing/filing-store.ts";
import { petitionInput } from "../filing/petition-input.ts";
import { sendAttachments } from "../filing/send-attachments.ts";
import { filingStore, useFiling } from "../filing/use-filing.ts";
import { useFurther } from "../filing/use-further.ts";
import { plugin } from "../plugin.ts";
import { keepReceipt } from "../receipt/receipt-store.ts";
import { useText } from "./use-text.ts";

export interface Submit {
  /** Sends the petition; `textOnly` leaves out the files that did not get through. */
  readonly submit: (how: "withFiles" | "textOnly") => void;
  readonly busy: boolean;
  readonly failure: { readonly error: unknown } | undefined;
  readonly filesWaiting: number;
}

/** Files the petition: once, whatever happens on the way. Anonymous ones go without cookies. */
export function useSubmit(): Submit {
  const text = useText();
  const { language } = usePlugin(plugin);
  const { go } = usePage();
  const kernel = useKernel();
  const anonymousKernel = useAnonymousKernel();
  const { filing } = useFiling();
  const further = useFurther();
  const anonymous = filing.answers.identity === "anonymous";
  const file = useMutation(kernel.intake.file.mutationOptions());

  const send = useMutation({
    mutationFn: async (how: "withFiles" | "textOnly") => {
      if (how === "withFiles") {
        const failed = await sendAttachments(unsent(filingStore.get().attachments, anonymous), anonymous);
        const last = filingStore.get().attachments.find((one) => one.state === "failed");
        if (failed > 0) throw last?.error ?? new TypeError("network");
      }
      const { answers, attachments } = filingStore.get();
      const { key } = filingStore.get();
      filingStore.attempt();
      const input = petitionInput(answers, {
        key,
        language,
        fileIds: claimable(attachments, anonymous),
        further: further?.words ?? "",
        fallbackTitle: text("check.fallbackTitle"),
      });
      const filed = anonymous ? await anonymousKernel.intake.file.mutate(input) : await file.mutateAsync(input);
      keepReceipt(
        {
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
      // The answers go when the receipt is on the screen: until then a page that dies can send them again.
      go("/done", { replace: true });
    },
  });

  return {
    submit: (how) => send.mutate(how),
    busy: send.isPending,
    failure: send.isError ? { error: send.error } : undefined,
    filesWaiting: unsent(filing.attachments, anonymous).length,
  };
}
