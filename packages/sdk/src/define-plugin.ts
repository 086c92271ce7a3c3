import type { Role, Text } from "@doorstep/contracts";
import type { z } from "zod";
import type { Capability } from "./capabilities.ts";

/**
 * A right that a plugin asks for by its local name.
 *
 * @since 0.1
 */
export interface PermissionSpec {
  readonly title: Text;
  /** Roles that hold it at the units where the role is held. Nobody else has it. */
  readonly grants: readonly Role[];
}

/**
 * What the types of a plugin know of it.
 *
 * @since 0.1
 */
export interface PluginSpec {
  id: string;
  capabilities: Capability;
  permissions: string;
  settings: z.ZodObject;
}

/**
 * A plugin's definition, the same value in both halves. Plain data but for the schema of its settings.
 *
 * @since 0.1
 */
export interface Plugin<P extends PluginSpec = PluginSpec> {
  readonly id: P["id"];
  readonly title: Text;
  readonly purpose: Text;
  readonly sdk: string;
  readonly capabilities: readonly P["capabilities"][];
  readonly permissions: Readonly<Record<P["permissions"], PermissionSpec>>;
  readonly settings: P["settings"];
  readonly requires: Readonly<Record<string, string>>;
  readonly onByDefault: boolean;
}

/** What a value of settings is, once inheritance and locks are applied. */
export type SettingsOf<P extends PluginSpec> = z.output<P["settings"]>;

type NoSettings = z.ZodObject<Record<never, z.ZodType>>;

/** What an author writes in `plugin.ts`. */
interface PluginDefinition<I, C, Pm, S> {
  /** Lower-case words joined by hyphens. It names the plugin for ever: schema, addresses, permissions. */
  readonly id: I;
  readonly title: Text;
  /** One sentence for the administrator who decides whether to switch it on. */
  readonly purpose: Text;
  /** Range of SDK versions, such as `^0.1.0`. */
  readonly sdk: string;
  /** What the plugin may do; `ctx` holds nothing else. An administrator approves the list. */
  readonly capabilities?: readonly C[];
  readonly permissions?: Pm;
  /** Every key needs a default. `.meta({ cascade })` says how units below may differ: `override`, `atMost`, `atLeast`, `subset`. */
  readonly settings?: S;
  /** Ids of other plugins with a version range. Where one is off, this one is off too. */
  readonly requires?: Readonly<Record<string, string>>;
  /** Whether it is on where no unit has chosen. @defaultValue false */
  readonly onByDefault?: boolean;
}

/**
 * Declares a plugin. Importing the module must have no other effect.
 *
 * @throws Error when the id is not made of lower-case words, or is too long to name a schema.
 * @since 0.1
 */
export function definePlugin<
  const I extends string,
  const C extends Capability = never,
  const Pm extends Readonly<Record<string, PermissionSpec>> = Record<never, PermissionSpec>,
  S extends z.ZodObject = NoSettings,
>(
  definition: PluginDefinition<I, C, Pm, S>,
): Plugin<{ id: I; capabilities: C; permissions: keyof Pm & string; settings: S }> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(definition.id) || definition.id.length > 40)
    throw new Error(`"${definition.id}" is no plugin id: lower-case words joined by "-", 40 characters at most.`);
  return {
    capabilities: [],
    requires: {},
    onByDefault: false,
    ...definition,
    permissions: definition.permissions ?? ({} as never),
    // Absent settings are the empty object; making it here would pull zod into every browser half.
    settings: definition.settings ?? (undefined as never),
  };
}
