export interface TreeUnit {
  readonly id: string;
  readonly children: number;
}

export interface VisibleNode<T> {
  readonly unit: T;
  readonly depth: number;
  readonly expanded: boolean;
  /** asked for and not here yet */
  readonly loading: boolean;
  /** among its siblings, 1 first */
  readonly position: number;
  readonly siblings: number;
}

/** The rows a tree shows: the roots, and below each open unit its children, as far as they have come. */
export function visibleNodes<T extends TreeUnit>(
  roots: readonly T[],
  expanded: ReadonlySet<string>,
  childrenOf: (unitId: string) => readonly T[] | undefined,
): readonly VisibleNode<T>[] {
  const nodes: VisibleNode<T>[] = [];
  const add = (units: readonly T[], depth: number): void => {
    for (const [index, unit] of units.entries()) {
      const open = unit.children > 0 && expanded.has(unit.id);
      const children = open ? childrenOf(unit.id) : undefined;
      nodes.push({
        unit,
        depth,
        expanded: open,
        loading: open && children === undefined,
        position: index + 1,
        siblings: units.length,
      });
      if (children) add(children, depth + 1);
    }
  };
  add(roots, 0);
  return nodes;
}

/** What a key does in a tree: where focus goes, or what opens or closes [WAI-ARIA tree pattern]. */
export function treeKey<T extends TreeUnit>(
  key: string,
  nodes: readonly VisibleNode<T>[],
  at: number,
): { readonly focus?: number; readonly toggle?: string } {
  const node = nodes[at];
  if (!node) return {};
  const parent = (): number => {
    for (let i = at - 1; i >= 0; i--) if ((nodes[i]?.depth ?? 0) < node.depth) return i;
    return at;
  };
  switch (key) {
    case "ArrowDown":
      return { focus: Math.min(at + 1, nodes.length - 1) };
    case "ArrowUp":
      return { focus: Math.max(at - 1, 0) };
    case "Home":
      return { focus: 0 };
    case "End":
      return { focus: nodes.length - 1 };
    case "ArrowRight":
      if (node.unit.children > 0 && !node.expanded) return { toggle: node.unit.id };
      return (nodes[at + 1]?.depth ?? 0) > node.depth ? { focus: at + 1 } : {};
    case "ArrowLeft":
      return node.expanded ? { toggle: node.unit.id } : { focus: parent() };
    default:
      return {};
  }
}
