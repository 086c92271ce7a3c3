import { useKernel, useMutation } from "@doorstep/sdk/ui";

const codeOf = (error: unknown): string | undefined => (error as { data?: { code?: string } | null }).data?.code;

/** The unit that was asked reads the petition no more; where its time is over already there is nothing to end. */
export function useEndCheck() {
  const kernel = useKernel();
  const { mutateAsync } = useMutation(kernel.cases.endCheck.mutationOptions());
  return async (caseId: string, unitId: string | null): Promise<void> => {
    if (unitId === null) return;
    await mutateAsync({ caseId, unitId }).catch((error: unknown) => {
      const code = codeOf(error);
      if (code !== "check.notFound" && code !== "case.notFound") throw error;
    });
  };
}
