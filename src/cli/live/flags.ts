import type { NatsFlags } from "../nats/server.js";
import type { Micros } from "../../bytes/time.js";
import type { ToldProducts } from "../../diagnosis/commands/told.js";
import type { Severity } from "../../diagnosis/severity.js";
import { canonicalAddress } from "../values/address.js";
import { durationIn } from "../values/duration.js";
import { gatewayName, labelOf } from "../values/gateway.js";
import { hostName } from "../values/host-name.js";
import { type ListenAddress, listenAddress } from "../values/listen-address.js";
import { nameFor } from "../values/name.js";
import { numberIn } from "../values/number.js";
import { fileName } from "../values/file-name.js";
import { present } from "../values/present.js";
import { sizeIn } from "../values/size.js";
import { wordsOf } from "../values/words.js";
import type { Language } from "../../texts/texts.js";

export const BACKENDS = ["auto", "tcpdump", "dumpcap", "cap"] as const;

/** Flags of `ikescope live`, checked. */
export interface LiveFlags extends OutputFlags {
  readonly backend: (typeof BACKENDS)[number];
  /** As the model writes addresses. */
  readonly host?: readonly string[];
  /** Stands instead of the built-in filter. */
  readonly filter?: string;
  /** Bytes kept of a frame. */
  readonly snaplen: number;
  /** KiB in the kernel for frames that are not read yet. */
  readonly buffer: number;
  readonly user?: string;
}

/** Flags of outputs and limits: the same for a capture on an interface and for one in files. */
export interface OutputFlags extends NatsFlags {
  /** The interface, "any" for all; the directory where files are read. */
  readonly interface: string;
  /** A file, or true for standard output. */
  readonly json?: string | true;
  readonly metrics?: ListenAddress;
  /** Address of the page for browsers. */
  readonly page?: ListenAddress;
  /** How many peers have labels of their own in the metrics. */
  readonly metricsPeers: number;
  readonly evidenceDir?: string;
  /** Bytes of all files there. */
  readonly evidenceSize: number;
  /** A program and its arguments. */
  readonly onFinding?: readonly string[];
  readonly severity: Severity;
  readonly maxTunnels: number;
  readonly maxStreams: number;
  readonly forget: Micros;
  readonly table: boolean;
  /** The same as in {@link PresentationFlags}. */
  readonly tz?: string;
  readonly names?: string;
  readonly lang?: Language;
  /** LEFT,RIGHT as --product takes them. */
  readonly product?: ToldProducts;
  /** A file, or the URL of a NATS server. */
  readonly publish?: string;
  readonly gateway?: string;
  readonly label?: Readonly<Record<string, string>>;
  /** A directory for what a server has not taken yet, and bytes of all files there. */
  readonly spool?: string;
  readonly spoolSize: number;
  /** Further names that the metrics and the page answer to. */
  readonly metricsHost?: readonly string[];
}

/**
 * What is meant where an option is not given, as the user would write it.
 *
 * The snap length: a datagram of IKE may have 64 KiB, but it is captured as the IP fragments that it crosses the link in,
 * and those of a link of 1,500 bytes stay below 2,048 with VLAN tags, a tunnel around them and the header of "any". Of ESP
 * the first 100 bytes would do. A snap length holds for all frames alike, so that more would copy the payload of jumbo
 * frames and of segments that the card has joined (up to 64 KiB) for nothing, and would leave room for fewer frames in
 * buffers that are cut into slots of that length.
 */
export const DEFAULTS = {
  snaplen: "2048",
  buffer: "8192",
  evidenceSize: "500M",
  spoolSize: "256M",
  metricsPeers: "0",
  maxTunnels: "50000",
  maxStreams: "100000",
  forget: "24h",
} as const;

/** Reads the value of each option that has one; all throw a UsageError of one line. */
export const READ = {
  interface: nameFor("--interface", "an interface such as eth0, or 'any'"),
  host: (text: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    canonicalAddress("--host", text),
  ],
  filter: present("--filter"),
  // With less not even the headers of tunnelled packets are whole; libpcap gives no more.
  snaplen: numberIn("--snaplen", { least: 256, most: 262_144 }),
  // libpcap counts the bytes of its buffer in 31 bits.
  buffer: numberIn("--buffer", { least: 64, most: 2_097_151 }),
  // As without a value: where a file is written, "-" is standard output in all commands.
  json: (text: string): string | true => (text === "-" ? true : present("--json")(text)),
  metrics: listenAddress("--metrics"),
  page: listenAddress("--page"),
  // Each has about twenty series.
  metricsHost: (text: string, before: readonly string[] = []): readonly string[] => [
    ...before,
    hostName("--metrics-host")(text),
  ],
  metricsPeers: numberIn("--metrics-peers", { least: 0, most: 1000 }),
  evidenceDir: fileName("--evidence-dir"),
  evidenceSize: sizeIn("--evidence-size", { least: 1e6, most: 1e13 }),
  onFinding: wordsOf("--on-finding"),
  publish: fileName("--publish"),
  gateway: gatewayName("--gateway"),
  label: labelOf("--label"),
  spool: fileName("--spool"),
  // Less does not hold the accounts of a large gateway once.
  spoolSize: sizeIn("--spool-size", { least: 1e6, most: 1e12 }),
  user: nameFor("--user", "a user"),
  maxTunnels: numberIn("--max-tunnels", { least: 1, most: 1_000_000 }),
  maxStreams: numberIn("--max-streams", { least: 1, most: 2_000_000 }),
  // A setup that is retried takes minutes: a shorter memory would forget it half-way.
  forget: durationIn("--forget", "1m", "365d"),
} as const;
