/** Before every entry that only its own session can read; signing out removes whatever begins so. */
const PREFIX = "doorstep.sealed:";

/** Where entries lie; the browser's `localStorage` fits. */
type Entries = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const IV_BYTES = 12;
const toText = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const toBytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

export interface DeviceStore {
  read<T>(place: string): Promise<T | undefined>;
  /** @returns whether it lies there now; a full or forbidden storage is no reason to stop anybody */
  write(place: string, value: unknown): Promise<boolean>;
  clear(place: string): void;
}

/**
 * Keeps text on the device under a key of the session: what lies there after its end is read by nobody, and goes at the next
 * look.
 *
 * @param subtle - absent on pages that are not served securely; nothing is kept there
 */
export async function openDeviceStore(
  entries: Entries,
  subtle: SubtleCrypto,
  { key, scope }: { readonly key: string; readonly scope: string },
): Promise<DeviceStore> {
  const secret = await subtle.importKey("raw", toBytes(key), "AES-GCM", false, ["encrypt", "decrypt"]);
  const nameOf = (place: string): string => `${PREFIX}${scope}:${place}`;
  const how = (iv: Uint8Array<ArrayBuffer>, place: string): AesGcmParams => ({
    name: "AES-GCM",
    iv,
    // an entry that was moved to another place is not read there
    additionalData: new TextEncoder().encode(nameOf(place)),
  });
  return {
    async read<T>(place: string) {
      const found = entries.getItem(nameOf(place));
      if (found === null) return undefined;
      try {
        const bytes = toBytes(found);
        const plain = await subtle.decrypt(how(bytes.slice(0, IV_BYTES), place), secret, bytes.slice(IV_BYTES));
        return JSON.parse(new TextDecoder().decode(plain)) as T;
      } catch {
        entries.removeItem(nameOf(place));
        return undefined;
      }
    },
    async write(place, value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const plain = new TextEncoder().encode(JSON.stringify(value));
      const sealed = new Uint8Array(await subtle.encrypt(how(iv, place), secret, plain));
      try {
        entries.setItem(nameOf(place), toText(Uint8Array.of(...iv, ...sealed)));
        return true;
      } catch {
        return false;
      }
    },
    clear: (place) => entries.removeItem(nameOf(place)),
  };
}

/** Removes what any session kept on this device. */
export function wipeDevice(entries: Entries): void {
  const names = Array.from({ length: entries.length }, (_, n) => entries.key(n) ?? "");
  for (const name of names) if (name.startsWith(PREFIX)) entries.removeItem(name);
}
