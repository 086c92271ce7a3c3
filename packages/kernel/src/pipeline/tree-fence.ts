/** Rows of the `unit_fence` arm: units whose place in the tree a command has decided by; paths lead from the unit to the root. */
export const treeFence = (
  paths: readonly (readonly string[] | undefined)[],
): readonly { readonly id: string; readonly path: readonly string[] }[] => {
  const fence = new Map(
    paths.flatMap((path) => (path?.[0] === undefined ? [] : [[path[0], path.toReversed()] as const])),
  );
  return [...fence].map(([id, path]) => ({ id, path }));
};
