import type { GatewayEvent } from "../../../src/fleet/event/read.js";
import type {
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  AccountedStream,
  CaptureStatus,
  PeerIndex,
  TunnelAccount,
} from "../../../src/live/account/account.js";

/** A Sunday; times of the builders are seconds behind it. */
const START = 1_795_000_000e6;

export function at(seconds: number): number {
  return START + seconds * 1e6;
}

interface MessageTimes {
  readonly first: number;
  readonly last?: number;
  readonly attempts?: number;
  readonly port?: number;
}

/** One IKE message from the initiator (0) or the responder (1). */
export function message(
  from: PeerIndex,
  { first, last = first, attempts = 1, port = 4500 }: MessageTimes,
): AccountedMessage {
  const ends = [
    { address: "192.0.2.10", port },
    { address: "198.51.100.20", port },
  ] as const;
  return {
    from,
    attempts,
    firstTime: at(first),
    lastTime: at(last),
    source: ends[from],
    destination: ends[from === 0 ? 1 : 0],
    transport: "udp",
    isFragmented: false,
  };
}

export function exchange(
  messageId: number,
  request: AccountedMessage | null,
  response: AccountedMessage | null,
): AccountedExchange {
  return {
    type: 37,
    name: "INFORMATIONAL",
    messageId,
    step: 1,
    startedBy: "initiator",
    request,
    response,
    expectsResponse: true,
  };
}

export function ikeSa(
  exchanges: readonly AccountedExchange[],
  spis: Partial<AccountedIkeSa> = {},
): AccountedIkeSa {
  return {
    version: 2,
    initiatorSpi: "1111111111111111",
    responderSpi: "2222222222222222",
    exchangesFrom: null,
    exchanges,
    ...spis,
  };
}

/** ESP of which all packets are there, numbered from 1, one a second. */
export function stream(
  from: PeerIndex,
  spi: number,
  { first = 0, packets = 100, ...rest }: Partial<AccountedStream> & { readonly first?: number } = {},
): AccountedStream {
  const { source, destination } = message(from, { first });
  return {
    from,
    spi,
    encapsulation: "udp",
    source,
    destination,
    packets,
    firstTime: at(first),
    lastTime: at(first + packets),
    firstSequence: 1,
    highestSequence: packets,
    lost: 0,
    late: 0,
    deepest: 0,
    isBroken: false,
    largest: 140,
    sizes: [[128, packets]],
    ...rest,
  };
}

export function account(of: Partial<TunnelAccount> = {}): TunnelAccount {
  return {
    tunnel: 1,
    peers: ["192.0.2.10", "198.51.100.20"],
    self: null,
    vantage: "unknown",
    state: "up",
    since: at(0),
    products: [null, null],
    nat: null,
    ikeSas: [],
    ikeSasFrom: null,
    spiPairs: [{ fromFirst: 1, fromSecond: 2 }],
    streams: [],
    streamsFrom: null,
    findings: [],
    certificates: [],
    firstTime: at(0),
    lastTime: at(100),
    ...of,
  };
}

/** The status of a gateway that hears everything of one tunnel on eth0. */
export function captureStatus(seconds: number): CaptureStatus {
  return {
    time: at(seconds),
    interface: "eth0",
    isCapturing: true,
    recordedSince: at(-10),
    packets: 1000,
    dropped: 0,
    tunnels: 1,
    addresses: [],
    hears: { everything: true, port500: true, port4500: true, esp: true },
  };
}

/** A gateway whose events are made one by one. */
export class FakeGateway {
  readonly #name: string;
  readonly #labels: Readonly<Record<string, string>>;
  readonly #boot: string;
  #sequence = 0;

  constructor(
    name: string,
    { labels = {}, boot = "b1" }: { labels?: Readonly<Record<string, string>>; boot?: string } = {},
  ) {
    this.#name = name;
    this.#labels = labels;
    this.#boot = boot;
  }

  status(seconds: number, of: Partial<CaptureStatus> = {}): GatewayEvent {
    const status = { ...captureStatus(seconds), ...of };
    return { ...this.#common(seconds), kind: "gateway-status", status };
  }

  accounts(seconds: number, ...accounts: readonly TunnelAccount[]): GatewayEvent {
    return { ...this.#common(seconds), kind: "tunnel-accounts", accounts, elsewhere: [] };
  }

  ended(seconds: number): GatewayEvent {
    return { ...this.#common(seconds), kind: "ended" };
  }

  /** Leaves out so many events, as a spool that is full does. */
  skip(events: number): void {
    this.#sequence += events;
  }

  #common(seconds: number): Pick<GatewayEvent, "origin" | "time"> {
    const origin = {
      gateway: this.#name,
      labels: this.#labels,
      boot: this.#boot,
      sequence: ++this.#sequence,
    };
    return { origin, time: at(seconds) };
  }
}
