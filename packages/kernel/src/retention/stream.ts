/** Rounds concern the whole house: their entries stand in one chain of their own. */
export const RETENTION_STREAM = "00000000-0000-8000-8000-00000000de57";
