/** What somebody may write for. An accusation goes past the mailbox to its organ. */
export const purposes = ["solve", "suggest", "ask", "help", "accuse"] as const;
export const anonymities = ["named", "confidential", "anonymous"] as const;
