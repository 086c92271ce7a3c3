/** What several may ask together; everybody accuses alone. */
export const purposes = ["solve", "suggest", "ask", "help"] as const;
