/** The petitioner's own time, to ask for more or to rate: no duty of an office, so that none of it is ever overdue. */
export const petitionerClocks: readonly string[] = ["K12", "K15", "K19", "K21", "K30"];
