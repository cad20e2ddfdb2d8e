import { fileURLToPath } from "node:url";
import { openCaptures } from "../../../src/capture/node/open.js";
import { analyze, type Judgement } from "../../../src/index.js";
import type { LiveSnapshot } from "../../../src/live/snapshot.js";
import type { LiveTunnel } from "../../../src/live/tunnel.js";
import type { LiveView } from "../../../src/live/view.js";
import { direction, liveSnapshot, liveTunnel, manyTunnels, SECOND } from "./tunnels.js";

const CAPTURE = fileURLToPath(new URL("../../../pcaps/port4500-blocked-nat-initiator.pcap", import.meta.url));

/** A view whose tunnels change with the clock: the first one fails as in a recorded capture, the others work. */
export class ChangingView implements LiveView {
  readonly #judgement: Judgement;
  readonly #others: number;
  readonly #start = Date.now() * 1000;

  private constructor(judgement: Judgement, others: number) {
    this.#judgement = judgement;
    this.#others = others;
  }

  static async create(others: number): Promise<ChangingView> {
    const { judgement } = await analyze(await openCaptures([CAPTURE]));
    return new ChangingView(judgement, others);
  }

  snapshot(): LiveSnapshot {
    const time = Date.now() * 1000;
    const others = manyTunnels(this.#others, this.#start).map((tunnel) => withOtherRates(tunnel, time));
    return liveSnapshot([this.#failing(time), ...this.#moving(time), ...others], {
      time,
      startedAt: this.#start,
      strangers: 3,
      counts: { packets: Math.floor((time - this.#start) / 1000) },
    });
  }

  judgementOf(tunnel: number): Judgement | null {
    return tunnel === 1 ? this.#judgement : null;
  }

  #failing(time: number): LiveTunnel {
    const findings = this.#judgement.findings.filter(({ severity }) => severity !== "info");
    return liveTunnel({
      id: 1,
      peers: ["192.0.2.10", "198.51.100.20"],
      state: "failing",
      phase: "IKE_AUTH",
      since: time - 90 * SECOND,
      lastExchange: { name: "IKE_AUTH", messageId: 1, time: time - 91 * SECOND, tries: 4, answered: false },
      retransmissions: 3,
      directions: [direction(), direction()],
      spis: [],
      findings: findings.map((finding) => ({ finding, raisedAt: this.#start })),
    });
  }

  /** Two that are always there: one busy over IPv6, one with loss. */
  #moving(time: number): LiveTunnel[] {
    const rate = 1000 + (Math.floor(time / SECOND) % 100);
    return [
      liveTunnel({
        id: 201,
        peers: ["2001:db8:1234:5678:9abc:def0:1234:1", "2001:db8:ffff:eeee:dddd:cccc:bbbb:2"],
        since: this.#start,
        lastTime: time,
        lastExchange: { name: "CREATE_CHILD_SA", messageId: 12, time: this.#start, tries: 1, answered: true },
        directions: [direction({ rate, packets: 100_000 }), direction({ rate: rate * 11, packets: 900_000 })],
      }),
      liveTunnel({
        id: 202,
        peers: ["203.0.113.77", "192.0.2.1"],
        state: "degraded",
        since: this.#start,
        lastTime: time,
        directions: [direction({ rate: 10, packets: 100, lost: 50 }), direction({ rate: 5, packets: 100 })],
      }),
    ];
  }
}

/** Its number one higher, its rates others all the time, so that each picture is another. */
function withOtherRates(tunnel: LiveTunnel, time: number): LiveTunnel {
  const more = Math.floor((4 * time) / SECOND) % 1000;
  const [there, back] = tunnel.directions;
  return {
    ...tunnel,
    id: tunnel.id + 1,
    directions: [
      { ...there, rate: (there.rate + more) % 1000 },
      { ...back, rate: (back.rate + more) % 1000 },
    ],
  };
}
