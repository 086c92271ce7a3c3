import { neutralName } from "@doorstep/sdk/pictures";
import { uploadFile } from "@doorstep/sdk/ui";
import type { Attachment } from "./filing-store.ts";
import { filingStore } from "./use-filing.ts";

function change(key: string, to: Partial<Attachment>): void {
  filingStore.attach((before) => before.map((file) => (file.key === key ? { ...file, ...to } : file)));
}

async function sendOne(file: Attachment, number: number, anonymous: boolean): Promise<boolean> {
  change(file.key, { state: "sending", progress: 0 });
  try {
    const sent = await uploadFile(file.content, anonymous ? neutralName(file.name, number) : file.name, {
      anonymous,
      onProgress: (progress) => change(file.key, { progress }),
    });
    change(file.key, { state: "sent", progress: 1, id: sent.id, sentAnonymously: anonymous });
    return true;
  } catch (error) {
    // An error object does not survive the browser's database; its code does.
    const data = typeof error === "object" && error !== null && "data" in error ? error.data : undefined;
    // Without a network it waits; what the server refused has failed.
    change(file.key, data === undefined ? { state: "waiting", progress: 0 } : { state: "failed", error: { data } });
    return false;
  }
}

const running = new Set<string>();

/** Sends files one after another, so that a slow line gets each of them through. Gives how many failed. */
export async function sendAttachments(files: readonly Attachment[], anonymous: boolean): Promise<number> {
  let failed = 0;
  for (const file of files) {
    if (running.has(file.key)) continue;
    running.add(file.key);
    try {
      const number = filingStore.get().attachments.findIndex((one) => one.key === file.key) + 1;
      if (!(await sendOne(file, number, anonymous))) failed += 1;
    } finally {
      running.delete(file.key);
    }
  }
  return failed;
}
