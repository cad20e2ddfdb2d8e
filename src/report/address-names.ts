import { printable } from "../bytes/text.js";
import { addressBytes, ipv4At, ipv6At, type Address } from "../bytes/address.js";

/**
 * An address in a text: of IPv6 with a port in brackets, else alone; of IPv4 with its port, if any. Not a part of a longer
 * number, nor a network or one end of a range.
 */
const ADDRESS =
  /\[[0-9a-f:.]{2,45}\](?::\d+)?|(?<![\w.:-])\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?(?!\w|\.\d|\/|-[.\d])|(?<![\w.:-])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?!\w|\/|-[\da-f:])/gi;

/** Names of addresses, as the user's file has them, made safe for a terminal. Markdown and HTML escape them as any text. */
export class AddressNames {
  readonly #names: ReadonlyMap<Address, string>;

  /** `names` by addresses as the model writes them. */
  constructor(names: ReadonlyMap<Address, string>) {
    this.#names = new Map([...names].map(([address, name]) => [address, printable(name)]));
  }

  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  /** The name of an address; null where it has none. */
  of(address: Address): string | null {
    return this.#names.get(address) ?? null;
  }

  /** The text with the name behind each address that has one: "192.0.2.1 (hq) -> 198.51.100.2". */
  in(text: string): string {
    if (this.isEmpty) return text;
    return text.replaceAll(ADDRESS, (found) => {
      // A match that ends in a colon is an address before a colon of the sentence.
      const end = /[^:]:$/.test(found) ? ":" : "";
      const token = end === "" ? found : found.slice(0, -1);
      const name = this.of(plainAddress(token));
      return name === null ? found : `${token} (${name})${end}`;
    });
  }
}

export const NO_NAMES = new AddressNames(new Map());

/** Reads a file in the form of /etc/hosts: an address, then its names, of which the first is taken. Lines that begin so are left out of "#" on. */
export function readAddressNames(text: string): AddressNames | { readonly line: number } {
  const names = new Map<Address, string>();
  for (const [index, line] of text.split("\n").entries()) {
    const [address = "", name] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (address === "") continue;
    const canonical = canonicalAddress(address.replace(/%.*/, ""));
    if (canonical === null || name === undefined) return { line: index + 1 };
    // As resolvers do: the first line of an address counts.
    if (!names.has(canonical)) names.set(canonical, name.slice(0, LONGEST_NAME));
  }
  return new AddressNames(names);
}

/** No name of a host is longer. */
const LONGEST_NAME = 253;

function plainAddress(token: string): Address {
  const bare = token.startsWith("[") ? token.slice(1, token.indexOf("]")) : token;
  const isIpv4 = bare.includes(".") && /^[\d.:]+$/.test(bare) && bare.split(":").length <= 2;
  return canonicalAddress(isIpv4 ? (bare.split(":")[0] ?? "") : bare) ?? "";
}

function canonicalAddress(text: string): Address | null {
  const bytes = addressBytes(text);
  if (bytes === null) return null;
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}
