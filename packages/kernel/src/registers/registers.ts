import { handedOn, reviews } from "./between-units.ts";
import { accusations, petitions } from "./petitions.ts";
import type { KernelRegister } from "./register.ts";
import { weekly } from "./weekly.ts";

/** The registers and reports that the kernel itself keeps, by the names they are asked for. */
export const kernelRegisters: Readonly<Record<string, KernelRegister>> = {
  ...{ petitions, accusations, handedOn, reviews },
  weekly,
};
