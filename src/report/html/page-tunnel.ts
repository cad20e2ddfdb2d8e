import type { PageCharts } from "./page-charts.js";
import type { PageFinding } from "./page-finding.js";
import type { PageLadder } from "./page-ladder.js";

/** A tunnel in the list. */
export interface PageTunnelRow {
  readonly id: number;
  /** "192.0.2.10 -> 198.51.100.20". */
  readonly peers: string;
  readonly status: string;
  readonly phase: string | null;
  /** Code of the first finding above info. */
  readonly root: string | null;
  /** Codes of all its findings. */
  readonly codes: readonly string[];
  /** "IKEv2"; empty where there is no IKE. */
  readonly version: string;
  readonly ikeMessages: number;
  readonly espPackets: number;
  /** Date and time of day, to the second. */
  readonly start: string;
  readonly facts: readonly string[];
}

export interface PageTunnel extends PageTunnelRow {
  readonly headline: string | null;
  readonly findings: readonly PageFinding[];
  /** Null where the page had no room for it. */
  readonly ladder: PageLadder | null;
  readonly childSas: readonly PageChildSa[];
  readonly streams: readonly PageStream[];
  readonly streamsLeftOut: number;
  readonly charts: PageCharts | null;
}

/** Two directions that belong together; an SPI is empty where that direction was not seen. */
export interface PageChildSa {
  readonly forward: string;
  readonly backward: string;
  readonly packets: string;
  readonly first: string;
  readonly last: string;
  readonly madeBy: string;
  readonly pairedBy: string;
}

export interface PageStream {
  readonly way: string;
  readonly carrier: string;
  readonly spi: string;
  readonly packets: number;
  readonly bytes: number;
  readonly first: string;
  readonly last: string;
  readonly sequence: string;
  readonly lost: number;
  readonly late: number;
  readonly duplicates: number;
  readonly largest: number;
}
