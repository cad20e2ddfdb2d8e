import { isIP } from "node:net";
import { checkServerIdentity, type PeerCertificate } from "node:tls";

/** Node's name for the host where a TLS connection was given none. */
const UNNAMED = "localhost";

/**
 * The check whether a certificate is that of a server, for servers with these hosts. The client names no host to Node where the host
 * is an address; then the certificate has to be of one of the addresses.
 */
export function serverIdentity(
  hosts: readonly string[],
): (host: string, certificate: PeerCertificate) => Error | undefined {
  const addresses = hosts.map((host) => host.replaceAll(/[[\]]/g, "")).filter((host) => isIP(host) !== 0);
  return (host, certificate) => {
    if (host !== UNNAMED || hosts.includes(UNNAMED) || addresses.length === 0) {
      return checkServerIdentity(host, certificate);
    }
    const faults = addresses.map((address) => checkServerIdentity(address, certificate));
    return faults.includes(undefined) ? undefined : faults[0];
  };
}
