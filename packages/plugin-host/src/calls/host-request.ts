import type { Kernel, RequestContext } from "@doorstep/kernel";

/** A call with nobody behind it: the host asks for itself. */
export const hostRequest = (kernel: Kernel): RequestContext => ({
  kernel,
  actor: undefined,
  codeCaseId: undefined,
  requestId: "",
  origin: "",
  setCodeCase: () => undefined,
});
