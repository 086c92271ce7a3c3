/** SQL: the local date at the unit `alias` at the instant of the given parameter. */
export const localDay = (alias: string, now: string): string =>
  `(${now}::timestamptz at time zone ${alias}.time_zone)::date`;

/** SQL: whether the unit is there today; `valid_until` is the first day on which it is not. */
export const isLiving = (alias: string, now: string): string =>
  `(${alias}.valid_until is null or ${alias}.valid_until > ${localDay(alias, now)})`;

/**
 * SQL: whether the grant `grant` counts today at the unit `unit` it was made for; `valid_until` is its last day.
 * A grant that still waits for a second administrator does not count.
 */
export const isLiveGrant = (grant: string, unit: string, now: string): string =>
  `(${grant}.revoked_on is null and not ${grant}.pending and ${grant}.valid_from <= ${localDay(unit, now)}
    and (${grant}.valid_until is null or ${grant}.valid_until >= ${localDay(unit, now)}))`;
