import type { Micros } from "../../bytes/time.js";
import type { CaptureStatus, TunnelAccount } from "../../live/account/account.js";
import type { Origin } from "../../live/account/published.js";
import { accountsIn, type WantedAccount } from "./accounts.js";
import { EventFault, Fields } from "./fields.js";

/** An event as the hub reads it. Of kinds that only tell of one end, nothing but the kind is read. */
export type GatewayEvent = { readonly origin: Origin; readonly time: Micros } & (
  | { readonly kind: "gateway-status"; readonly status: CaptureStatus }
  | {
      readonly kind: "tunnel-accounts";
      readonly accounts: readonly TunnelAccount[];
      /** Numbers of the tunnels whose accounts were not wanted. */
      readonly elsewhere: readonly number[];
    }
  | { readonly kind: "ended" }
  | { readonly kind: "other"; readonly name: string }
);

/** Longer lines are none of ours. */
const LONGEST_LINE = 4 * 1024 * 1024;
const SCHEMA = "ikescope.live-event/2";

/**
 * The event of a line; why it is none, in a phrase, where it is not as `published-event.schema.json` has it. Of accounts that are
 * not wanted only the names are read.
 */
export function readEvent(line: string, isWanted: WantedAccount = () => true): GatewayEvent | string {
  if (line.length > LONGEST_LINE) return `the line has more than ${LONGEST_LINE} characters`;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return "the line is no JSON";
  }
  try {
    return eventIn(new Fields(value, ""), isWanted);
  } catch (error) {
    if (error instanceof EventFault) return error.message;
    throw error;
  }
}

function eventIn(fields: Fields, isWanted: WantedAccount): GatewayEvent {
  if (fields.text("schema") !== SCHEMA) throw new EventFault(`schema is not ${SCHEMA}`);
  const common = { origin: originIn(fields), time: fields.time("time") };
  const name = fields.text("event");
  switch (name) {
    case "gateway-status":
      return { ...common, kind: name, status: statusIn(fields) };
    case "tunnel-accounts":
      return { ...common, kind: name, ...accountsIn(fields, common.origin.gateway, isWanted) };
    case "ended":
      return { ...common, kind: name };
    default:
      return { ...common, kind: "other", name };
  }
}

function originIn(fields: Fields): Origin {
  return {
    gateway: fields.matching("gateway", /^[A-Za-z0-9_-]{1,64}$/),
    labels: fields.dictionary("labels"),
    boot: fields.matching("boot", /^[0-9a-z]{1,32}$/),
    sequence: fields.count("sequence"),
  };
}

function statusIn(fields: Fields): CaptureStatus {
  return {
    time: fields.time("time"),
    interface: fields.text("interface"),
    isCapturing: fields.flag("capturing"),
    recordedSince: fields.time("recordedSince"),
    ...fields.counts("packets", "tunnels"),
    dropped: fields.countOrNull("dropped"),
    addresses: fields.texts("addresses"),
    hears: fields.object("hears", (hears) => hears.flags("everything", "port500", "port4500", "esp")),
  };
}
