import type { Kernel, RequestContext } from "@doorstep/kernel";

const own = new WeakSet<RequestContext>();

/** A call with nobody behind it: the host asks for itself. */
export function hostRequest(kernel: Kernel): RequestContext {
  const request: RequestContext = {
    kernel,
    actor: undefined,
    codeCaseId: undefined,
    requestId: "",
    origin: "",
    setCodeCase: () => undefined,
  };
  own.add(request);
  return request;
}

/** Whether the host itself stands behind a call; nobody who comes from outside can look like it. */
export const isHostRequest = (request: RequestContext): boolean => own.has(request);
