import { type DatasetAbout, type ReleasedFigures, type Text, themes, type Unit } from "@doorstep/sdk";
import type { JobCtx } from "../barometer-ctx.ts";
import { type Dataset, datasetName, released } from "./released.ts";

/** What a page is made of: nothing in it depends on who asks, and each thing is read once however many parts need it. */
export interface Look extends Pick<JobCtx, "unit" | "settings"> {
  /** of the unit with all below it, of its own, and of those right below it, oldest first */
  figures(dataset: Dataset): Promise<readonly ReleasedFigures[]>;
  /** absent where nobody counts it at the unit */
  about(dataset: Dataset): Promise<DatasetAbout | undefined>;
  below(): Promise<readonly Unit[]>;
}

export function lookOf(ctx: JobCtx): Look {
  const read = new Map<Dataset, Promise<readonly ReleasedFigures[]>>();
  let listed: Promise<readonly DatasetAbout[]> | undefined;
  let children: Promise<readonly Unit[]> | undefined;
  return {
    unit: ctx.unit,
    settings: ctx.settings,
    figures: (dataset) => {
      const reading = read.get(dataset) ?? released(ctx, dataset, { below: true });
      read.set(dataset, reading);
      return reading;
    },
    about: async (dataset) => {
      listed ??= ctx.datasets.list();
      const name = datasetName(dataset);
      return (await listed).find((one) => one.dataset === name);
    },
    below: () => {
      children ??= ctx.units.children(ctx.unit.id);
      return children;
    },
  };
}

/** What the themes are called by whoever counts: those among what holds of a petition. */
export async function themeNamesOf(look: Look): Promise<Readonly<Record<string, Text>>> {
  const about = await look.about("registration");
  return Object.fromEntries(
    themes.flatMap((theme) => (about?.measures[theme] ? [[theme, about.measures[theme]]] : [])),
  );
}

/** What the values of a dimension are called by whoever counts. */
export async function namesOf(look: Look, dimension: "category" | "channel"): Promise<Readonly<Record<string, Text>>> {
  return (await look.about("registration"))?.dimensions[dimension]?.values ?? {};
}
