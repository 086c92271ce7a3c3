import type { Text } from "@doorstep/contracts";
import type { Transaction } from "../people/accounts.ts";

export interface TroubledModule {
  readonly id: string;
  readonly title: Text;
  readonly state: "rejected" | "degraded" | "quarantined";
}

/** What the plugin host tells administrators' pages of the kernel; the kernel itself knows no plugin. */
export interface ModuleStates {
  /** Whether a module runs and is on at a unit. */
  isOn(pluginId: string, unitId: string): Promise<boolean>;
  installed(): Promise<{ readonly count: number; readonly troubled: readonly TroubledModule[] }>;
  /** Inside a transaction that it may use savepoints of: which modules a unit and those below would gain or lose by inheritance under another parent. */
  changesByMove(transaction: Transaction, unitId: string, parentId: string): Promise<ModuleChanges>;
  /**
   * Inside the transaction in which a unit ends: what was chosen by its right is so by its heir's from now on, and with
   * `copy` the heir, which is new, chooses the same. Gives what its people gain and lose.
   */
  carry(
    transaction: Transaction,
    units: { readonly from: string; readonly to: string; readonly copy: boolean },
  ): Promise<ModuleChanges>;
}

export interface ModuleChanges {
  readonly on: readonly string[];
  readonly off: readonly string[];
}

/** A kernel without a plugin host: in tests, and with plugins switched off. */
export const noModules: ModuleStates = {
  isOn: () => Promise.resolve(false),
  installed: () => Promise.resolve({ count: 0, troubled: [] }),
  changesByMove: () => Promise.resolve({ on: [], off: [] }),
  carry: () => Promise.resolve({ on: [], off: [] }),
};
