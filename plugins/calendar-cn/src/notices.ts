/** One holiday of a yearly notice: the days off (both ends included) and the weekend days worked in exchange. */
interface Holiday {
  readonly zh: string;
  readonly en: string;
  readonly off: readonly [from: string, to: string];
  readonly work?: readonly string[];
}

/** What the General Office of the State Council announced for one year. Never edited; a correction is a new calendar version. */
export interface YearlyNotice {
  readonly year: number;
  readonly announcedOn: string;
  readonly holidays: readonly Holiday[];
}

const newYear = { zh: "元旦", en: "New Year" };
const spring = { zh: "春节", en: "Spring Festival" };
const qingming = { zh: "清明节", en: "Qingming Festival" };
const labour = { zh: "劳动节", en: "Labour Day" };
const dragonBoat = { zh: "端午节", en: "Dragon Boat Festival" };
const midAutumn = { zh: "中秋节", en: "Mid-Autumn Festival" };
const national = { zh: "国庆节", en: "National Day" };

export const notices: readonly YearlyNotice[] = [
  {
    year: 2024,
    announcedOn: "2023-10-25",
    holidays: [
      { ...newYear, off: ["2024-01-01", "2024-01-01"] },
      { ...spring, off: ["2024-02-10", "2024-02-17"], work: ["2024-02-04", "2024-02-18"] },
      { ...qingming, off: ["2024-04-04", "2024-04-06"], work: ["2024-04-07"] },
      { ...labour, off: ["2024-05-01", "2024-05-05"], work: ["2024-04-28", "2024-05-11"] },
      { ...dragonBoat, off: ["2024-06-10", "2024-06-10"] },
      { ...midAutumn, off: ["2024-09-15", "2024-09-17"], work: ["2024-09-14"] },
      { ...national, off: ["2024-10-01", "2024-10-07"], work: ["2024-09-29", "2024-10-12"] },
    ],
  },
  {
    year: 2025,
    announcedOn: "2024-11-12",
    holidays: [
      { ...newYear, off: ["2025-01-01", "2025-01-01"] },
      { ...spring, off: ["2025-01-28", "2025-02-04"], work: ["2025-01-26", "2025-02-08"] },
      { ...qingming, off: ["2025-04-04", "2025-04-06"] },
      { ...labour, off: ["2025-05-01", "2025-05-05"], work: ["2025-04-27"] },
      { ...dragonBoat, off: ["2025-05-31", "2025-06-02"] },
      {
        zh: "国庆节、中秋节",
        en: "National Day and Mid-Autumn Festival",
        off: ["2025-10-01", "2025-10-08"],
        work: ["2025-09-28", "2025-10-11"],
      },
    ],
  },
  {
    year: 2026,
    announcedOn: "2025-11-04",
    holidays: [
      { ...newYear, off: ["2026-01-01", "2026-01-03"], work: ["2026-01-04"] },
      { ...spring, off: ["2026-02-15", "2026-02-23"], work: ["2026-02-14", "2026-02-28"] },
      { ...qingming, off: ["2026-04-04", "2026-04-06"] },
      { ...labour, off: ["2026-05-01", "2026-05-05"], work: ["2026-05-09"] },
      { ...dragonBoat, off: ["2026-06-19", "2026-06-21"] },
      { ...midAutumn, off: ["2026-09-25", "2026-09-27"] },
      { ...national, off: ["2026-10-01", "2026-10-07"], work: ["2026-09-20", "2026-10-10"] },
    ],
  },
];
