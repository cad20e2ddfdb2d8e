import type { Endpoint } from "../../session/model.js";

/** Values that are remembered; when there are more, all are let go, and those that are in use stay where they are. */
const REMEMBERED_VALUES = 20_000;
/** Characters of an address of IPv6 or a name of an exchange, and some more: what is longer is remembered nowhere. */
const LONGEST_REMEMBERED = 64;

const texts = new Map<string, string>();
const endpoints = new Map<string, Endpoint>();

/** The same text, one object for all accounts that have it: a parsed event has each of its own. */
export function shared(text: string): string {
  return remembered(texts, text, () => text);
}

/** The endpoint of that address and port, one object for all messages and streams that have it. */
export function sharedEndpoint(address: string, port: number): Endpoint {
  return remembered(endpoints, `${address} ${port}`, () => ({ address: shared(address), port }));
}

function remembered<T>(known: Map<string, T>, key: string, make: () => T): T {
  const found = known.get(key);
  if (found !== undefined) return found;
  if (key.length > LONGEST_REMEMBERED) return make();
  if (known.size >= REMEMBERED_VALUES) known.clear();
  const value = make();
  known.set(key, value);
  return value;
}
