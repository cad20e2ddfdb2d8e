/** The effect of the keys, for the line below the table and for the help. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ["Up Down  k j", "select a tunnel; in a tunnel: scroll"],
  ["PgUp PgDn", "a screen up or down"],
  ["Home End", "the first one, and whatever comes first from then on; the last one"],
  ["Enter", "open the tunnel: its findings and its ladder"],
  ["Left Right", "in a tunnel: move sideways if it is wider than the screen"],
  ["Esc", "back; in the table: show all tunnels again"],
  ["s S", "sort by the next, the former column"],
  ["r", "turn the order round"],
  [
    "/",
    "show only tunnels with these words: addresses, state, phase, finding codes; Enter keeps, Esc ends it",
  ],
  ["f F", "show only tunnels in the next, the former state"],
  ["Ctrl-L", "draw the screen anew"],
  ["Ctrl-Z", "stop, until fg"],
  ["?", "this help"],
  ["q  Ctrl-C", "end"],
];

/** For the line below the table: the most needed first, for the last ones go where it is narrow. */
export const TABLE_HINTS = [
  "q quit",
  "? help",
  "Enter open",
  "/ filter",
  "s sort",
  "r reverse",
  "f state",
] as const;
export const PAGE_HINTS = ["Esc back", "q quit", "? help", "arrows scroll"] as const;

/** The meaning of columns that do not say it themselves. */
export const COLUMN_HELP: readonly (readonly [string, string])[] = [
  ["for, since", "how long, since when the tunnel is in its state"],
  [
    "answer",
    "of the last exchange: ok, 3x is answered after three attempts; none, 4x is no answer to four attempts",
  ],
  ["ago", "when the last exchange was"],
  ["resent", "IKE messages that were sent again"],
  ["->/s  <-/s", "ESP and AH packets per second, from the first peer to the second and back"],
  ["loss", "packets that are missing by their sequence numbers, in the worse direction"],
  ["SPI ->  SPI <-", "of the newest Child SA, by the same directions; +2 is two more"],
  ["heard", "how long ago a packet of the tunnel was seen"],
];
