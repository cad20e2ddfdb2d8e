import type { PageEntry, PageFinding, PageKind } from "./page-finding.js";
import type { PageMessage } from "./page-ladder.js";
import type { PageTimeline } from "./page-timeline.js";
import type { PageTunnel, PageTunnelRow } from "./page-tunnel.js";

/**
 * What the page's script draws: plain data, embedded as JSON. Everything is text for people already; the script computes
 * no verdict. The script is bundled apart from ikescope, so it shares types alone.
 */
export interface PageData {
  readonly severalFiles: boolean;
  /** Name of the time zone of all times, such as "UTC". */
  readonly zone: string;
  /** Tunnels by status. */
  readonly counts: readonly { readonly status: string; readonly count: number }[];
  /** Findings above info by code, the severest first. */
  readonly kinds: readonly PageKind[];
  /** The texts that every finding of a code has in common. */
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

/** The top of the page: the answer, and what it was drawn from. */
export interface PageHead {
  readonly status: string;
  /** "failing (likely)". */
  readonly word: string;
  /** "192.0.2.10 -> 198.51.100.20", or what is said of many tunnels. */
  readonly who: string;
  /** The event; empty if `who` says all. */
  readonly what: string;
  /** How many of the tunnels fail, and what they share; null where fewer than two do. */
  readonly scope: string | null;
  readonly files: readonly PageFile[];
  /** Packets that were counted and not judged; null if there are none. */
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

/** The data that the view of a tunnel needs beside the tunnel. */
export interface PageContext extends Pick<PageData, "severalFiles" | "zone" | "catalogue" | "messages"> {
  readonly tunnels: readonly PageTunnelRow[];
}
