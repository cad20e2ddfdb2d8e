import { isIP, isIPv6 } from "node:net";
import { printable } from "../../bytes/text.js";
import { UsageError } from "../exit.js";

/** Where a server listens. */
export interface ListenAddress {
  /** An IP address of this machine. */
  readonly host: string;
  /** 0 to 65535; 0 asks the system for a free one. */
  readonly port: number;
}

const LOOPBACK = "127.0.0.1";

/** What --metrics takes: PORT (then on loopback), ADDR:PORT or [IPv6]:PORT. Throws a {@link UsageError} for all else. */
export function parseMetricsAddress(text: string): ListenAddress {
  const [, bracketed, plain, digits = ""] = /^(?:\[([^\]]*)\]:|([^:[\]]*):)?(\d{1,5})$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? LOOPBACK;
  const port = Number(digits);
  const isAddress = bracketed === undefined ? isIP(host) === 4 : isIPv6(host);
  if (digits === "" || port > 65_535 || !isAddress) {
    throw new UsageError(
      `--metrics takes PORT or ADDR:PORT, such as 9476, 192.0.2.1:9476 or [2001:db8::1]:9476, not "${printable(text)}"`,
    );
  }
  return { host, port };
}

/** The address as it stands in a URL. */
export function hostAndPort({ host, port }: ListenAddress): string {
  return isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;
}
