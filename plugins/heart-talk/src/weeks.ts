const DAY_MS = 86_400_000;

export const later = (one: string, other: string): string => (one < other ? other : one);

/** The same for every day of a week: what is told weekly is told once under it. */
export const weekOf = (day: string): number => Math.floor((Date.parse(`${day}T00:00:00Z`) / DAY_MS + 3) / 7);
