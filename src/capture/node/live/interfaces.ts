import { readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";

/** Names of the interfaces that this process can see, sorted; from the kernel where it says, else those with addresses. */
export function interfaceNames(): readonly string[] {
  const listed = textOf("/proc/net/dev");
  if (listed === null) return Object.keys(networkInterfaces()).toSorted();
  return [...listed.matchAll(/^ *([^\s:][^\s]*?):\s/gm)].flatMap(([, name]) => name ?? []).toSorted();
}

/** ARPHRD_ numbers of the kernel whose frames libpcap reads as Ethernet: Ethernet itself, and loopback. */
const ETHERNET_LIKE = new Set(["1", "772"]);

/** Whether a filter for this interface may speak of VLAN tags; "any" and point-to-point links refuse that. */
export function hasEthernetFrames(name: string): boolean {
  if (name === "any" || name.includes("/")) return false;
  return ETHERNET_LIKE.has(textOf(`/sys/class/net/${name}/type`)?.trim() ?? "");
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
