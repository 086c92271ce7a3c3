import type { LetterDoc } from "@doorstep/contracts";
import { VisuallyHidden } from "@doorstep/ui";
import type { WriteText } from "../letters/letter-sheet.tsx";
import { letterTexts } from "../letters/letter-texts.ts";
import type { DeskText } from "../text.ts";
import { differs, wordDiff } from "./word-diff.ts";

/** Writes a letter's texts with what changed since the version before: struck out and underlined, said in words too. */
export function changesSince(previous: LetterDoc, text: DeskText): WriteText {
  const before = letterTexts(previous);
  return (now, place) => {
    const parts = wordDiff(before.get(place) ?? "", now);
    if (!differs(parts)) return now;
    return parts.map((part, index) => {
      if (part.kind === "same") return <span key={index}>{part.text}</span>;
      const Mark = part.kind === "added" ? "ins" : "del";
      return (
        <Mark key={index}>
          <VisuallyHidden>{text(`desk.approvals.${part.kind}`)}</VisuallyHidden>
          {part.text}
        </Mark>
      );
    });
  };
}
