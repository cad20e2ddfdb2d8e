import type { TunnelQuery } from "./order.js";

/** The tunnel that is opened, and which part of its page is seen. */
export interface OpenedTunnel {
  readonly id: number;
  /** The first line and the first column that are seen. */
  readonly top: number;
  readonly left: number;
}

/** The state of the display: all that a picture needs beside the snapshot. */
export interface LiveUi {
  readonly query: TunnelQuery;
  /** The text of the filter is being typed. */
  readonly isTyping: boolean;
  /** The selected tunnel; null is whatever comes first. */
  readonly selected: number | null;
  /** The last row of the selected tunnel, from 0: the row to go on from when it is gone. */
  readonly place: number;
  /** The first row of the table that is seen, counted from 0. */
  readonly top: number;
  readonly opened: OpenedTunnel | null;
  /** The first line of the help that is seen; null where it is closed. */
  readonly help: number | null;
}

export const FIRST_UI: LiveUi = {
  query: { sort: "state", isReversed: false, state: null, text: "" },
  isTyping: false,
  selected: null,
  place: 0,
  top: 0,
  opened: null,
  help: null,
};

/** A terminal as the pictures see it. */
export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}
