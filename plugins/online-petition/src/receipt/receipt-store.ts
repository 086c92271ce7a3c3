/** What the confirmation page shows. */
export interface Receipt {
  /** of which act; a receipt kept by an earlier release has none */
  readonly key?: string;
  readonly caseNo: string;
  /** Empty once an anonymous writer has left the page. */
  readonly returnCode: string;
  /** Proves to others that it was handed in; empty once an anonymous writer has left the page. */
  readonly proof: string;
  readonly receivedAt: string;
  /** of the unit; a receipt kept by an earlier release has none */
  readonly timeZone?: string;
  readonly unit: { readonly "zh-CN": string; readonly en: string };
  readonly anonymous: boolean;
  /** Files that could not be sent before filing. */
  readonly filesLeft: number;
  /** A person lets it through first. */
  readonly delayed: boolean;
  readonly next: readonly {
    readonly code: string;
    readonly dueOn: string;
    readonly sentence: { readonly "zh-CN": string; readonly en: string };
  }[];
}

interface TabMemory {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const KEY = "doorstep.receipt";

/** Keeps the receipt for this tab only, so that a reload shows it again; a closed tab has forgotten it. */
export function keepReceipt(receipt: Receipt, memory: TabMemory): void {
  memory.setItem(KEY, JSON.stringify(receipt));
}

export function readReceipt(memory: TabMemory): Receipt | undefined {
  const kept = memory.getItem(KEY);
  if (kept === null) return undefined;
  try {
    return JSON.parse(kept) as Receipt;
  } catch {
    memory.removeItem(KEY);
    return undefined;
  }
}

/** Takes an anonymous code off the device when its page is left: whoever comes next must not find it. */
export function maskReceipt(memory: TabMemory): void {
  const receipt = readReceipt(memory);
  if (receipt?.anonymous) keepReceipt({ ...receipt, returnCode: "", proof: "" }, memory);
}

export function dropReceipt(memory: TabMemory): void {
  memory.removeItem(KEY);
}
