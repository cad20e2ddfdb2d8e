/** The traffic of a tunnel as pictures. */
export interface PageCharts {
  /** Time of day of both ends of the rates, behind the second its zone, and how long a bin of them is. */
  readonly from: string;
  readonly to: string;
  readonly bin: string;
  readonly rates: readonly PageRate[];
  readonly sizes: readonly PageSizes[];
  readonly matrix: PageMatrix | null;
}

export interface PageRate {
  readonly name: string;
  readonly total: number;
  /** Packets in each bin. */
  readonly packets: readonly number[];
  /** In bins from the start. */
  readonly pause: { readonly from: number; readonly to: number; readonly text: string } | null;
}

export interface PageSizes {
  readonly name: string;
  /** Bytes of a bin. */
  readonly width: number;
  readonly packets: readonly number[];
  /** The packets among them that one of the peer followed. */
  readonly answered: readonly number[];
  readonly smallest: number;
  readonly largest: number;
  /** Largest ESP packet that fits the MTU unfragmented, bytes. */
  readonly room: number;
  readonly mtu: number;
  /** An ICMP error told it. */
  readonly isMtuByIcmp: boolean;
}

/** How often packets of a row's stream and of a column's followed one another. */
export interface PageMatrix {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly turns: readonly (readonly number[])[];
}
