import { useQuery, useQueryClient } from "@doorstep/sdk/ui";
import { useEffect, useState } from "react";
import { useLetterDesk } from "./words.ts";

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (one) => one.codePointAt(0) ?? 0);

/** A page of a letter as an address that this one tab can show; nothing of it stays behind. */
export function usePagePicture(letterId: string, pageId: string) {
  const { rpc } = useLetterDesk();
  const client = useQueryClient();
  const whole = useQuery({
    queryKey: ["letter-desk", "picture", letterId, pageId],
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    queryFn: async () => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      for (let part = 0, parts = 1, type = ""; ; part += 1) {
        if (part === parts) return new Blob(pieces, { type });
        const piece = await client.fetchQuery(
          rpc.page.queryOptions({ letterId, pageId, part }, { staleTime: 0, gcTime: 0 }),
        );
        ({ parts, type } = piece);
        pieces.push(bytesOf(piece.data));
      }
    },
  });
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    if (!whole.data) return;
    const made = URL.createObjectURL(whole.data);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [whole.data]);
  return { address, whole: whole.data, error: whole.error, retry: () => void whole.refetch() };
}
