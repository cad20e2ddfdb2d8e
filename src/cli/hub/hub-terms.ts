import type { Micros } from "../../bytes/time.js";
import type { Severity } from "../../diagnosis/severity.js";
import type { Presentation } from "../../report/presentation.js";
import { say } from "../../texts/message.js";
import { UsageError } from "../exit.js";
import { isNatsUrl, natsServer, type NatsFlags, type NatsServer } from "../nats/server.js";
import { presentationOf, type PresentationFlags } from "../presentation-options.js";
import type { ListenAddress } from "../values/listen-address.js";

export interface HubFlags extends PresentationFlags, NatsFlags {
  readonly format: "text" | "json";
  readonly failOn: Severity | "never";
  /** Events that a server has stored are judged, and nothing is followed. */
  readonly once?: true;
  /** Time after which the share of a hub that is gone is another one's. */
  readonly lease: Micros;
  /** Servers of a cluster that keep each stream. */
  readonly replicas?: number;
  /** File for events as JSON. */
  readonly json?: string;
  readonly metrics?: ListenAddress;
  readonly metricsHost?: readonly string[];
  readonly page?: ListenAddress;
}

/** All that the options of `ikescope hub` mean; built here, and passed whole. */
export interface HubTerms {
  readonly format: HubFlags["format"];
  readonly failOn: HubFlags["failOn"];
  readonly presentation: Presentation;
  readonly events: HubEvents;
}

/** The source of events: files, or a server; those that it has stored, or these and all that come. */
type HubEvents =
  | { readonly kind: "files"; readonly files: readonly string[] }
  | { readonly kind: "stored"; readonly server: NatsServer }
  | FollowedEvents;

export interface FollowedEvents {
  readonly kind: "followed";
  readonly server: NatsServer;
  /** Time after which the share of a hub that is gone is another one's. */
  readonly leaseMs: number;
  /** Servers of a cluster that keep each stream; null for as many as now, and one where there is none. */
  readonly replicas: number | null;
  /** File for events as JSON; null without --json. */
  readonly json: string | null;
  readonly metrics: ListenAddress | null;
  readonly page: ListenAddress | null;
  /** Further names that the metrics and the page answer to. */
  readonly hosts: readonly string[];
}

/** The terms that sources and options mean. Throws UsageError for what cannot be meant. */
export async function hubTerms(sources: readonly string[], flags: HubFlags): Promise<HubTerms> {
  const presentation = await presentationOf(flags);
  const { format, failOn } = flags;
  return { format, failOn, presentation, events: eventsOf(sources, flags) };
}

function eventsOf(sources: readonly string[], flags: HubFlags): HubEvents {
  const { json = null, metrics = null, page = null, replicas = null } = flags;
  const isServer = sources.some(isNatsUrl);
  if (!isServer || flags.once === true) {
    const live = (["json", "metrics", "page", "replicas"] as const).find((name) => flags[name] !== undefined);
    if (live !== undefined) {
      throw new UsageError(say`--${live} is for following a server: what is judged once is printed once`);
    }
  }
  if (!isServer) return { kind: "files", files: sources };
  const [url = "", ...others] = sources;
  if (others.length > 0)
    throw new UsageError("a server stands alone: its stream has the events of all gateways");
  const server = natsServer(url, flags);
  if (flags.once === true) return { kind: "stored", server };
  const { lease, metricsHost: hosts = [] } = flags;
  return { kind: "followed", server, leaseMs: lease / 1000, replicas, json, metrics, page, hosts };
}
