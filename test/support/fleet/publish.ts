import type { Micros } from "../../../src/bytes/time.js";
import { type GatewayEvent, readEvent } from "../../../src/fleet/event/read.js";
import type { AccountListener } from "../../../src/live/account/account.js";
import type { Published } from "../../../src/live/account/published.js";
import { LiveEngine } from "../../../src/live/engine.js";
import { jsonLine } from "../../../src/report/live/event-json.js";
import { publishedJson } from "../../../src/report/live/published-json.js";
import type { ReadRecord } from "../capture/read-all.js";
import { feed, type ReplayOptions } from "../live/replay.js";

export interface PublishOptions extends Omit<ReplayOptions, "after"> {
  readonly gateway: string;
  /** The gateway watches until then, by its own clock; until the last packet where it is not given. */
  readonly until?: Micros;
  readonly labels?: Readonly<Record<string, string>>;
  readonly addresses?: readonly string[];
}

/** The lines that a gateway publishes which captures that. */
export function publishedLines(packets: readonly ReadRecord[], options: PublishOptions): string[] {
  const { gateway, labels = {}, addresses = [], until = -Infinity, ...rest } = options;
  const first = packets[0]?.time ?? until;
  const lines: string[] = [];
  const publish = (event: Published): void => {
    const origin = {
      gateway,
      labels,
      boot: `${gateway.toLowerCase().replaceAll(/\W/g, "")}1`,
      sequence: lines.length + 1,
    };
    lines.push(jsonLine(publishedJson(event, origin)));
  };
  const listener: AccountListener = {
    status: (status) => publish({ kind: "gateway-status", ...status }),
    accounts: (accounts, time) => publish({ kind: "tunnel-accounts", time, accounts }),
  };
  const engine = new LiveEngine(
    {
      interface: "replay",
      streams: 4096,
      judging: Infinity,
      ...rest,
      accounts: { listener, own: addresses },
    },
    { event: publish, setup: () => {} },
    first,
  );
  engine.begin(first, "replayed");
  const records = packets.map((packet) => ({ ...packet, start: 0, end: packet.bytes.length }));
  feed(engine, records, { after: records.length === 0 ? 0 : Math.max(0, until - lastTimeOf(packets)) });
  engine.accountForAll();
  publish({ kind: "ended", time: engine.now, text: "the capture ends" });
  return lines;
}

export function lastTimeOf(packets: readonly ReadRecord[]): Micros {
  return packets.reduce((last, { time }) => Math.max(last, time), -Infinity);
}

/** The events of lines that must all be whole. */
export function eventsOf(lines: readonly string[]): GatewayEvent[] {
  return lines.map((line) => {
    const event = readEvent(line);
    if (typeof event === "string") throw new Error(`${event}: ${line.slice(0, 200)}`);
    return event;
  });
}
