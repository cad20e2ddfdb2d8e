/**
 * What the page's script draws: plain data, embedded as JSON. Everything is text for people already; the script computes
 * no verdict. The script is bundled apart from ikescope, so this file imports nothing.
 */
export interface PageData {
  readonly severalFiles: boolean;
  /** Name of the time zone of all times, such as "UTC". */
  readonly zone: string;
  /** Tunnels by status. */
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  /** Findings above info by code, the severest first. */
  readonly kinds: readonly PageKind[];
  /** What is the same for every finding of a code. */
  readonly catalogue: Readonly<Record<string, PageEntry>>;
  /** Findings about the capture itself. */
  readonly findings: readonly PageFinding[];
  /** Worst first. */
  readonly tunnels: readonly PageTunnel[];
  /** Further ones, none worse than these. */
  readonly tunnelsLeftOut: number;
  /** The lines of the report as Markdown, to be copied into a ticket. */
  readonly markdown: readonly string[];
  /** The page's own labels by their English patterns; null where they are English. */
  readonly labels: Readonly<Record<string, string>> | null;
  /** Decoded messages that rows of the ladders point to. */
  readonly messages: readonly PageMessage[];
  /** Null where no host says anything. */
  readonly timeline: PageTimeline | null;
}

/** What capture and hosts show, on one line of time. */
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
  /** Of the frame that it is, or that its line is about; null where there is none. */
  readonly tunnel: number | null;
  readonly frame: string | null;
  readonly text: string;
}

/** What stands on top: the answer, and what it was drawn from. */
export interface PageHead {
  readonly status: string;
  /** "failing (likely)". */
  readonly word: string;
  /** "192.0.2.10 -> 198.51.100.20", or what is said of many tunnels. */
  readonly who: string;
  /** What happened; empty where `who` says all. */
  readonly what: string;
  /** How many of the tunnels fail, and what they share; null where fewer than two do. */
  readonly scope: string | null;
  readonly files: readonly PageFile[];
  /** What was counted and not judged; null where nothing was. */
  readonly notJudged: string | null;
}

export interface PageFile {
  readonly name: string;
  readonly about: string;
  readonly notes: readonly string[];
}

/** A row of the list of tunnels. */
export interface PageList extends Pick<PageData, "counts" | "kinds" | "tunnelsLeftOut"> {
  readonly tunnels: readonly PageTunnelRow[];
}

/** What the view of a tunnel needs beside the tunnel. */
export interface PageContext extends Pick<PageData, "severalFiles" | "zone" | "catalogue" | "messages"> {
  readonly tunnels: readonly PageTunnelRow[];
}

export interface PageKind {
  readonly code: string;
  readonly count: number;
}

export interface PageEntry {
  readonly title: string;
  readonly remedies: readonly string[];
  readonly references: readonly string[];
  /** Where commands differ by product. */
  readonly procedures: readonly PageProcedure[];
}

export interface PageProcedure {
  readonly title: string;
  readonly commands: readonly { readonly platform: string; readonly lines: readonly string[] }[];
}

export interface PageFinding {
  readonly code: string;
  readonly severity: string;
  readonly confidence: string;
  readonly provenance: string;
  readonly causedBy: string | null;
  readonly summary: string;
  readonly evidence: readonly PageEvidence[];
  /** Lines of hosts. */
  readonly lines: readonly { readonly place: string; readonly time: string; readonly text: string }[];
  readonly rivals: readonly { readonly code: string; readonly separatedBy: string; readonly isCase?: true }[];
}

interface PageEvidence {
  /** "17", or "2:17" where there are several files. */
  readonly frame: string;
  readonly time: string;
  readonly text: string;
}

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
  /** Where it stands in the bytes of its message, where these are there too. */
  readonly at?: number;
  readonly length?: number;
  readonly fields?: readonly PageField[];
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
  /** Of these, packets that one of the peer followed. */
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
