/** The folders of `src/diagnosis/rules/`. */
export const RULE_FOLDERS = [
  "reachability",
  "negotiation",
  "authentication",
  "child",
  "esp",
  "nat",
  "size",
  "life",
  "recording",
  "host",
] as const;
