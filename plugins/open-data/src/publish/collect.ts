import { type DatasetAbout, dayOf, type Id, type ReleasedFigures, type Unit } from "@doorstep/sdk";
import type { Cell, Content } from "../content.ts";
import type { PublishCtx } from "../publish-ctx.ts";
import { refuse } from "../refusals.ts";

/** Which figures: a dataset of the call's unit and of those right below it, over some months. */
export interface Chosen {
  readonly dataset: string;
  readonly from: string;
  readonly to: string;
}

function cellsOf(figures: ReleasedFigures, unit: Unit): readonly Cell[] {
  const { month, number: release, releasedAt, own } = figures;
  const scope: Cell["scope"] = own ? "own" : "all";
  const place = { month, release, releasedOn: dayOf(releasedAt, unit.timeZone), unit: unit.code, scope };
  return [
    { ...place, kind: "total", name: "", value: "", count: figures.total },
    ...Object.entries(figures.dimensions).flatMap(([name, values]) =>
      Object.entries(values).map(([value, count]): Cell => ({ ...place, kind: "dimension", name, value, count })),
    ),
    ...Object.entries(figures.measures).flatMap(([name, both]) =>
      (["yes", "no"] as const).map((value): Cell => ({ ...place, kind: "measure", name, value, count: both[value] })),
    ),
  ];
}

const aboutOf = ({ title, module, dimensions, measures }: DatasetAbout): Content["about"] => ({
  ...{ title, module, dimensions, measures },
});

/** What was released of it, with what explains it; nothing else is ever read. @throws DoorstepError */
export async function collect(ctx: PublishCtx, { dataset, from, to }: Chosen): Promise<Content> {
  const about = (await ctx.datasets.list()).find((one) => one.dataset === dataset);
  if (!about) throw refuse("notFound");
  const released = await ctx.datasets.read({ dataset, below: true, from, to });
  if (released.length === 0) throw refuse("nothing");
  const units = new Map<Id, Unit>([[ctx.unit.id, ctx.unit]]);
  for (const { unitId } of released) {
    const unit = units.get(unitId) ?? (await ctx.units.get(unitId));
    if (unit) units.set(unitId, unit);
  }
  const order = (one: ReleasedFigures): string => `${one.month} ${units.get(one.unitId)?.code} ${one.own}`;
  return {
    unit: { code: ctx.unit.code, name: ctx.unit.name },
    about: aboutOf(about),
    units: Object.fromEntries([...units.values()].map(({ code, name }) => [code, name])),
    cells: released
      .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
      .flatMap((one) => {
        const unit = units.get(one.unitId);
        return unit ? cellsOf(one, unit) : [];
      }),
  };
}
