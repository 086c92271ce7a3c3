import type { takenDown } from "@doorstep/contracts";
import { type ComponentType, createContext, createElement, type ReactNode, use } from "react";
import type { z } from "zod";
import type { FiledFor } from "../capabilities.ts";

/** What somebody wrote, said or came with, as the form at the desk sends it. */
export type TakenDown = z.input<typeof takenDown>;

/** What is known before it is taken down. */
export interface TakeDownStart {
  readonly anonymity?: TakenDown["anonymity"];
  readonly headcount?: number;
  readonly purpose?: TakenDown["purpose"];
  /** Who is known to have written; the form shows it to be confirmed. */
  readonly name?: string;
  readonly contact?: string;
  readonly title?: string;
  readonly body?: string;
  readonly urgentSafety?: boolean;
  readonly receivedOn?: string;
}

export interface TakeDownProps {
  /** By which way it came; of spoken words (`visit`, `phone`) it is asked whether they were read back. */
  readonly via: "letter" | "visit" | "phone" | "fax";
  /** What the form begins with. */
  readonly initial?: TakeDownStart;
  /** An unfinished form is kept under this name on the device of whoever fills it in, and nowhere else. */
  readonly draft: string;
  /**
   * Sends it to the plugin's own procedure, which hands it to `ctx.intake.fileFor`. Pressed again unchanged, the key is
   * the same.
   *
   * @param more - what the plugin's own fields hold
   */
  readonly onFile: (taken: TakenDown, key: string, more: Readonly<Record<string, unknown>>) => Promise<FiledFor>;
  /** Whether the return code is printed with the receipt; else it is written down by hand. @defaultValue true */
  readonly codeOnPaper?: boolean;
  /** Fields of the plugin, above the button. */
  readonly fields?: ReactNode;
  /** Beside the form: the letter that is being read. */
  readonly aside?: ReactNode;
  /** Below the receipt. */
  readonly filedNote?: (filed: FiledFor) => ReactNode;
  readonly submitLabel?: string;
  /** Puts the focus into the first question: where somebody is on the line meanwhile. @defaultValue false */
  readonly autoFocus?: boolean;
}

/** The form of the desk around; an app without one has none. */
export const TakeDownContext = createContext<ComponentType<TakeDownProps> | undefined>(undefined);

/**
 * The desk's own form for a petition that the office takes down for somebody: who, what, which unit, with the similar ones
 * beside it and the receipt after it. On pages of the desk (`deskPages`). Who it is leaves it for `onFile` alone.
 *
 * @since 0.1
 */
export function TakeDown(props: TakeDownProps) {
  const form = use(TakeDownContext);
  if (!form) throw new Error("TakeDown is for pages of the desk");
  return createElement(form, props);
}
