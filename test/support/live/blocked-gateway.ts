import type { Address } from "../../../src/bytes/address.js";
import type { PageView } from "../../../src/cli/live/page-files.js";
import type { Judgement } from "../../../src/index.js";
import type { KeptTunnel } from "../../../src/session/model.js";
import type { LiveSnapshot } from "../../../src/live/snapshot.js";
import { recordedAs } from "../../score/labelled.js";
import { judgeLabelled } from "../../score/score.js";
import { raised, snapshotOf, tunnelOf } from "./quiet.js";
import { NOW } from "./tunnels.js";

/** A gateway with one tunnel that is being set up, until UDP 4500 turns out to be blocked. */
export class BlockedGateway implements PageView {
  readonly #judgement: Judgement;
  readonly #id: number;
  #isBlocked = false;

  constructor(judgement: Judgement, id: number) {
    this.#judgement = judgement;
    this.#id = id;
  }

  static async create(): Promise<BlockedGateway> {
    return new BlockedGateway(await judgeLabelled(recordedAs("port4500-blocked-nat-initiator")), 1);
  }

  blocks(): void {
    this.#isBlocked = true;
  }

  snapshot(): LiveSnapshot {
    const standing = this.#isBlocked
      ? { state: "failing" as const, findings: [raised("natt-4500-unanswered")] }
      : { state: "setting-up" as const };
    return snapshotOf({
      interface: "eth0",
      time: NOW,
      tunnels: [
        tunnelOf({ id: this.#id, peers: ["192.0.2.10", "198.51.100.20"], phase: "IKE_AUTH", ...standing }),
      ],
    });
  }

  addressesOf(tunnel: number): readonly Address[] {
    const judged = this.#judgement.tunnels.find(({ tunnel: { id } }) => id === tunnel);
    return judged?.tunnel.addresses ?? [];
  }

  tunnelOf(tunnel: number): KeptTunnel | null {
    return this.#judgement.tunnels.find(({ tunnel: { id } }) => id === tunnel)?.tunnel ?? null;
  }

  judgementOf(tunnel: number): Judgement | null {
    return tunnel === this.#id ? this.#judgement : null;
  }
}

export interface Told {
  readonly name: string;
  readonly data: unknown;
}

/** Server-sent events of an address, one after the other; null once the server has ended them. */
export async function eventsOf(url: string): Promise<{ next(): Promise<Told | null>; end(): Promise<void> }> {
  const { body } = await fetch(url);
  if (body === null) throw new Error("no events");
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    next: async () => {
      for (;;) {
        const [, name, data, rest] = /^event: (\w+)\ndata: (.*)\n\n([\s\S]*)$/.exec(text) ?? [];
        if (name !== undefined && data !== undefined) {
          text = rest ?? "";
          return { name, data: JSON.parse(data) as unknown };
        }
        const { done, value } = await reader.read();
        if (done) return null;
        text += value;
      }
    },
    end: () => reader.cancel(),
  };
}
