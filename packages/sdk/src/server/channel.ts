import type { IntakeChannel, Purpose, Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Plugin, PluginSpec } from "../define-plugin.ts";
import type { Ctx } from "./context.ts";

/**
 * What a filled form says, in the kernel's words. Who wrote it is not part of it: the host asks that itself and hands it
 * to the vault.
 *
 * @since 0.1
 */
export interface FormAsCase {
  readonly title: string;
  readonly body: string;
  readonly purpose?: Purpose;
  readonly alreadyTried?: string;
  readonly desiredOutcome?: string;
}

/**
 * A way in. Point `kernel/channel@1`; the key of the contribution is `<plugin>/<key>`.
 *
 * @since 0.1
 */
export interface ChannelSpec<P extends PluginSpec = PluginSpec, F extends z.ZodObject = z.ZodObject> {
  readonly title: Text;
  /** By which of the field's ways the petition comes. @defaultValue "online" */
  readonly via?: IntakeChannel;
  /**
   * The questions, without name and contact. The platform makes the page from it unless `page` names one. Absent, with
   * `toCase`: nobody files here himself; the office takes petitions down, by `ctx.intake.fileFor`.
   */
  readonly form?: F;
  /** Path of the plugin's own page in the portal, such as `/`. */
  readonly page?: string;
  /** Whether a petition may come without a name here. Absent or failing: yes. */
  anonymous?(ctx: Ctx<P>): boolean | Promise<boolean>;
  /**
   * Whether it stands among the ways in that the portal offers everybody. Not where only the plugin's own pages lead to it.
   *
   * @defaultValue true
   */
  readonly listed?: boolean;
  /**
   * Turns a filled form into a petition. Decides only: no writes, 2 s at most. Where it fails the host files the raw
   * answers, marked, so that nothing is lost.
   */
  toCase?(ctx: Ctx<P>, form: z.output<F>): FormAsCase | Promise<FormAsCase>;
  /** `drain`: nothing new comes in, what is running keeps its pages. @defaultValue "drain" */
  readonly whenDisabled?: "drain" | "hide";
}

/**
 * Fixes the types of one channel; returns what it is given.
 *
 * @since 0.1
 */
export const channel = <P extends PluginSpec, F extends z.ZodObject>(
  _plugin: Plugin<P>,
  spec: ChannelSpec<P, F>,
): ChannelSpec<P, F> => spec;
