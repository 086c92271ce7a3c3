/** What R22:42-46 hold liable, by article and number. */
export const grounds = [
  ...(["42-1", "42-2", "42-3", "42-4"] as const),
  ...(["43", "44-1", "44-2", "44-3"] as const),
  ...(["45-1", "45-2", "45-3", "45-4"] as const),
  ...(["46-1", "46-2", "46-3", "46-4", "46-5", "46-6", "46-7"] as const),
] as const;

/** Who answers how far [SPEC 12.3]. */
export const grades = ["main", "important", "direct"] as const;

/** What follows [SPEC 12.3]. */
export const measures = ["circular", "admonition", "organisational", "discipline"] as const;
