/** How an implementation spaces its retransmissions as long as nobody sets it otherwise. */
export interface Schedule {
  /** Whoever has it. Where they are several, none of them can be told from the others by it. */
  readonly implementations: readonly [string, ...string[]];
  /** The IKE version that it was found for; null: both. */
  readonly version: 1 | 2 | null;
  /** Seconds from each try to the next. */
  readonly gaps: readonly number[];
  /** Factor by which each further gap is longer than the one before; null where no more attempts are sent. */
  readonly further: number | null;
  /** Gaps that must have been seen: fewer of them would be a coincidence, or somebody else's. */
  readonly least: number;
  /** Likely: so uneven that one who is not known here hardly has the same. */
  readonly confidence: "likely" | "possible";
}

/** A schedule that ends, and of which the first three gaps tell enough. */
const ships = (
  version: Schedule["version"],
  implementations: Schedule["implementations"],
  gaps: readonly number[],
): Schedule => ({ implementations, version, gaps, further: null, least: 3, confidence: "possible" });

/** `tries` gaps of the same length. */
const fixed = (seconds: number, tries: number): number[] => Array.from({ length: tries }, () => seconds);

/**
 * Known schedules. Sources stand at the rows: the source or the documentation of the maker, else ike-scan's
 * ike-backoff-patterns (what its contributors measured of responders in phase 1).
 *
 * Not here: plain doubling from 1 s in IKEv2 and from 2 s, which too many have (OpenBSD's iked has the latter, and the
 * clients that come from it), Cisco in IKEv2, Juniper's Junos, MikroTik and Apple, for which no source gives one, and
 * those that scatter (SonicWall, WatchGuard SOHO) or stop after three tries (DrayTek, Linksys).
 */
export const SCHEDULES: readonly Schedule[] = [
  // docs.strongswan.org, config/retransmission: 4 s, times 1.8
  { ...ships(null, ["strongSwan"], [4]), further: 1.8, confidence: "likely" },
  // strongSwan, charonservice.c of its Android app: 2 s, times 1.4, three times
  ships(2, ["strongSwan for Android"], [2, 2.8, 3.92]),
  // ipsec.conf(5) of Libreswan, retransmit-interval: 0.5 s, doubled; its logs go on to 64 s
  { ...ships(null, ["Libreswan"], [0.5]), further: 2 },
  // AOSP, IkeSessionParams.java, IKE_RETRANS_TIMEOUT_MS_LIST_DEFAULT
  ships(2, ["Android"], [0.5, 1, 2, 4, 8]),
  // AOSP, setup.c of its former racoon: every 3 s, ten times. Firewall-1 4.0 began with four gaps of 3 s.
  { ...ships(1, ["Android"], fixed(3, 10)), least: 5 },
  // Oracle, System Administration Guide, ike/config: retry_timer_init 0.5, retry_limit 5; ike-scan
  ships(1, ["Solaris"], [0.5, 1, 2, 4, 8]),
  // ike-scan
  ships(1, ["StoneGate"], [0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30]),
  // ike-scan: Windows 2000, XP and Server 2003
  { ...ships(1, ["Microsoft Windows"], [1, 2, 4, 8, 16, 32]), least: 4 },
  // knowledgebase.paloaltonetworks.com, IKEv2 liveness check: doubling is common, that it stays at 64 s is not
  { ...ships(2, ["Palo Alto PAN-OS"], [1, 2, 4, 8, 16, 32, 64, 64, 64, 64]), least: 8 },
  // community.fortinet.com, IKEv2 retransmission and DPD: 3 s, doubled, four retries
  ships(2, ["Fortinet FortiGate"], [3, 6, 12, 24]),
  // racoon's localconf.h, LC_DEFAULT_RETRY_INTERVAL and _COUNTER; ike-scan for Cisco IOS 12.1 to 15.0 and WatchGuard
  { ...ships(1, ["Cisco", "racoon", "WatchGuard"], fixed(10, 5)), least: 4 },
  // racoon's localconf.h of old (ike-scan: 2003)
  { ...ships(1, ["racoon"], fixed(20, 5)), least: 4 },
  // pluto's timer.c, EVENT_RETRANSMIT_DELAY_0: 10 s, doubled twice; it stays so for the first message
  { ...ships(1, ["Openswan", "FreeS/WAN", "strongSwan 4"], [10, 20, 40]), further: 1 },
  // OpenBSD, transport.c of isakmpd: 5 s and two more for each try
  ships(1, ["OpenBSD isakmpd"], [7, 9, 11, 13, 15, 17, 19]),
  // ike-scan: Netscreen 500, 5GT
  { ...ships(1, ["Juniper"], fixed(4, 11)), least: 4 },
  // ike-scan: Firewall-1 4.1 to NGX
  { ...ships(1, ["Check Point"], [...fixed(2, 6), ...fixed(4, 5)]), least: 7 },
  // ike-scan
  ships(1, ["IBM AIX"], [16, 32, 64, 128]),
];
