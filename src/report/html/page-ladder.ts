export interface PageLadder {
  readonly left: PagePeer;
  readonly right: PagePeer;
  /** The moment that times of rows count from, with its zone. */
  readonly start: string;
  readonly rows: readonly PageRow[];
  readonly notes: readonly string[];
}

export interface PagePeer {
  readonly address: string;
  readonly about: string;
}

export type PageRow = PageArrow | PageOmission;

interface PageOmission {
  readonly kind: "omitted";
  readonly count: number;
}

export interface PageArrow {
  readonly kind: "message" | "esp" | "icmp" | "tcp" | "fragments" | "malformed";
  /** "+4.8 s". */
  readonly time: string;
  /** Microseconds since the row before. */
  readonly gap: number;
  /** "2.6 s, ESP goes on"; null where the gap is not worth a word. */
  readonly pause: string | null;
  readonly frames: readonly string[];
  /** A finding above info cites it. */
  readonly isCited: boolean;
  readonly from: "left" | "right" | null;
  readonly to: "left" | "right";
  readonly title: string;
  readonly details: readonly string[];
  readonly fate: "plain" | "unanswered" | "repeated" | "refused" | "incomplete";
  readonly repeats: boolean;
  /** "try 2, no answer". */
  readonly fateText: string | null;
  /** Index into the messages; null where there is none, or no room for it. */
  readonly message: number | null;
}

export interface PageMessage {
  readonly title: string;
  readonly fields: readonly PageField[];
}

export interface PageField {
  readonly name: string;
  readonly value: string;
  /** Its offset in the bytes of its message, if these are there too. */
  readonly at?: number;
  readonly length?: number;
  readonly fields?: readonly PageField[];
}
