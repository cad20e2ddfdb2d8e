import { say } from "../../texts/message.js";
import { UsageError, literal } from "../exit.js";
import { canonicalAddress } from "./address.js";

/** The address and port that a server listens on. */
export interface ListenAddress {
  readonly address: string;
  /** 0 lets the system choose one. */
  readonly port: number;
}

/** The address as it stands in a URL. */
export function addressAndPort({ address, port }: ListenAddress): string {
  return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

const LOOPBACK = "127.0.0.1";

/** Reads "9476", "192.0.2.1:9476" or "[2001:db8::1]:9476"; without an address it is that of loopback. Anything else is a UsageError. */
export function listenAddress(option: string): (text: string) => ListenAddress {
  return (text) => {
    const [, bracketed, plain, digits] = /^(?:\[([^\]]*)\]:|([^:[\]]*):)?(\d{1,5})$/.exec(text) ?? [];
    const port = Number(digits ?? Number.NaN);
    if (!(port <= 0xffff)) {
      throw new UsageError(
        say`${option} takes a port, or an address and a port such as 192.0.2.1:9476 or [2001:db8::1]:9476, not "${literal(text)}"`,
      );
    }
    const address = bracketed ?? plain;
    return { address: address === undefined ? LOOPBACK : canonicalAddress(option, address), port };
  };
}
