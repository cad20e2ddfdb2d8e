import { isIP } from "node:net";
import { hostname } from "node:os";

/** Addresses that stand for all of the machine. */
const ALL = ["0.0.0.0", "::"];

/**
 * Which Host headers a server that listens at `address` answers: any address, since a page of somebody else is never at one of
 * ours by its address; the name of this machine, localhost where it listens there, and `names`. A name that its owner points
 * to us later (DNS rebinding) is none of these, so that a browser's pages cannot read what is served.
 */
export function knownHosts(
  address: string,
  names: readonly string[],
): (header: string | undefined) => boolean {
  const isLocal = ALL.includes(address) || address === "::1" || address.startsWith("127.");
  const known = new Set([hostname().toLowerCase(), ...(isLocal ? ["localhost"] : []), ...names]);
  return (header) => {
    // Only programs that speak HTTP/1.0 send none.
    if (header === undefined) return true;
    const [, bracketed, plain = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(header) ?? [];
    if (bracketed !== undefined) return isIP(bracketed) === 6;
    return isIP(plain) === 4 || known.has(plain.toLowerCase().replace(/\.$/, ""));
  };
}
