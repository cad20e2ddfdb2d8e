/** The events of the capture and of hosts on one line of time. */
export interface PageTimeline {
  /** A line a host: how its clock was found. */
  readonly clocks: readonly string[];
  readonly rows: readonly PageMoment[];
  /** Further entries before the first row and behind the last one. */
  readonly before: number;
  readonly after: number;
}

export interface PageMoment {
  readonly about: "ike" | "esp" | "log" | "kernel";
  /** Time of day, "~" before one that only the order of lines tells; empty where nothing tells it. */
  readonly time: string;
  /** "frame 3", "gw1 line 17". */
  readonly place: string;
  /** The tunnel of the frame that it is, or that its line is about; null if there is none. */
  readonly tunnel: number | null;
  readonly frame: string | null;
  readonly text: string;
}
