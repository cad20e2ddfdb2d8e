import type { Micros } from "../../bytes/time.js";
import { captureFilter } from "../../capture/filter.js";
import { hasEthernetFrames } from "../../capture/node/live/interfaces.js";
import type { LiveOptions } from "../../capture/node/live/live-capture.js";
import type { ToldProducts } from "../../diagnosis/commands/told.js";
import type { Severity } from "../../diagnosis/severity.js";
import type { Presentation } from "../../report/presentation.js";
import { presentationOf } from "../presentation-options.js";
import type { ListenAddress } from "../values/listen-address.js";
import type { LiveFlags, OutputFlags } from "./flags.js";
import { publishTerms, type PublishTerms } from "./publish/publish-terms.js";

/** All that the options mean which commands that watch have in common; built here, and passed whole. */
export interface WatchTerms {
  /** The interface, "any" for all; the directory where files are read. */
  readonly interface: string;
  /** The file that events go to as JSON, null for standard output; null without --json. */
  readonly json: { readonly file: string | null } | null;
  /** The server for Prometheus, and how many peers have labels of their own there; null without --metrics. */
  readonly metrics: { readonly address: ListenAddress; readonly peers: number } | null;
  /** Address of the page for browsers; null without --page. */
  readonly page: ListenAddress | null;
  /** Further names that the metrics and the page answer to. */
  readonly hosts: readonly string[];
  /** The folder for packets of findings, and bytes of all files there; null without --evidence-dir. */
  readonly evidence: { readonly folder: string; readonly size: number } | null;
  /** A program and its arguments; null without --on-finding. */
  readonly onFinding: readonly string[] | null;
  /** Milder findings are no events. */
  readonly severity: Severity;
  readonly limits: WatchLimits;
  /** A table is wanted on the terminal. */
  readonly table: boolean;
  readonly presentation: Presentation;
  /** The file of --names, which no output may replace. */
  readonly namesFile: string | null;
  /** The products of the peers as the user knows them; null where he tells nothing. */
  readonly products: ToldProducts | null;
  /** Null without --publish. */
  readonly publish: PublishTerms | null;
}

/** How much is followed at once, and how long a silent tunnel is. */
interface WatchLimits {
  readonly tunnels: number;
  readonly streams: number;
  readonly forgetAfter: Micros;
}

/** The same for a capture on an interface. */
export interface LiveTerms extends WatchTerms {
  readonly backend: LiveFlags["backend"];
  readonly capture: LiveOptions;
}

/** The terms that the options of `live` mean. Throws UsageError for what cannot be meant. */
export async function liveTerms(flags: LiveFlags): Promise<LiveTerms> {
  const { interface: name, filter, host = [], snaplen, buffer, backend } = flags;
  const capture = {
    interface: name,
    filter: filter ?? captureFilter({ hosts: host, tagged: hasEthernetFrames(name) }),
    snapLength: snaplen,
    bufferKiB: buffer,
  };
  return { ...(await watchTerms(flags)), backend, capture };
}

/** The terms that the options mean which commands that watch have in common. Throws UsageError for what cannot be meant. */
export async function watchTerms(flags: OutputFlags): Promise<WatchTerms> {
  const { json, metrics, page = null, metricsHost = [], evidenceDir, onFinding = null, severity } = flags;
  return {
    interface: flags.interface,
    json: json === undefined ? null : { file: json === true ? null : json },
    metrics: metrics === undefined ? null : { address: metrics, peers: flags.metricsPeers },
    page,
    hosts: metricsHost,
    evidence: evidenceDir === undefined ? null : { folder: evidenceDir, size: flags.evidenceSize },
    onFinding,
    severity,
    limits: { tunnels: flags.maxTunnels, streams: flags.maxStreams, forgetAfter: flags.forget },
    table: flags.table && json !== true,
    presentation: await presentationOf(flags),
    namesFile: flags.names ?? null,
    products: flags.product ?? null,
    publish: publishTerms(flags),
  };
}
