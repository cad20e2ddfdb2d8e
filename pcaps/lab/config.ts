/** Settings of an end as data, and the swanctl.conf and strongswan.conf made from them. */
import { crowdConnections, crowdSecrets, type Crowd } from "./crowd.js";
import { ends, type End } from "./topology.js";

/** A section of a strongSwan configuration file: values and further sections. */
export interface Section {
  [key: string]: string | Section;
}

type Authentication = "psk" | "pubkey" | "eap-mschapv2" | "eap-md5" | "eap-tls" | "eap-radius";

/** How one end is configured. `peer()` fills in what a scenario does not care about. */
export interface Peer {
  version: 1 | 2;
  aggressive: boolean;
  proposals: string;
  /** Empty where the child has AH by `ah_proposals` instead. */
  espProposals: string;
  auth: Authentication;
  remoteAuth: Authentication;
  id: string;
  remoteId: string;
  secret: string;
  /** The password that EAP and XAuth ask the initiator for; the pre-shared key if not given. */
  password?: string;
  /** IKEv1: the initiator also proves itself by a password, which the responder knows or asks a server about. */
  xauth: "no" | "password" | "radius";
  localSubnet: string;
  remoteSubnet: string;
  /**
   * `userland` carries ESP by kernel-libipsec, which always forces UDP encapsulation; `kernel` needs a kernel that has ESP;
   * `none` cannot carry ESP.
   */
  ipsec: "userland" | "kernel" | "none";
  /** Whether IKE runs over IPv6; the protected networks are IPv4 all the same. */
  outer: "ipv4" | "ipv6";
  /** The key of RFC 8784, which both ends then demand. */
  ppk?: string;
  /** So many connections instead of one, each with its own identity, key and subnet: see crowd.ts. */
  crowd?: Crowd;
  /** Further keys of the connection, of the child, of its remote authentication, and of `charon {}`. */
  connection: Section;
  child: Section;
  remote: Section;
  /** Further children by name, as they differ from the child `net`. */
  children: Record<string, Section>;
  charon: Section;
  /** Further plugins of the daemon with their settings. */
  plugins: Section;
}

/** A peer with the lab's usual settings, and what differs from them. */
export function peer(end: End, changes: Partial<Peer> = {}): Peer {
  const other = end === "alice" ? "bob" : "alice";
  return {
    version: 2,
    aggressive: false,
    proposals: "aes256-sha256-modp2048",
    espProposals: "aes256-sha256",
    auth: "psk",
    remoteAuth: "psk",
    id: `${end}.example.org`,
    remoteId: `${other}.example.org`,
    secret: "correct horse battery staple",
    localSubnet: ends[end].subnet,
    remoteSubnet: ends[other].subnet,
    xauth: "no",
    ipsec: "userland",
    outer: "ipv4",
    connection: {},
    child: {},
    remote: {},
    children: {},
    charon: {},
    plugins: {},
    ...changes,
  };
}

/** Writes sections as text: every value and every brace on its own line. */
function render(section: Section, indent = ""): string {
  return Object.entries(section)
    .map(([key, value]) =>
      typeof value === "string"
        ? `${indent}${key} = ${value}\n`
        : `${indent}${key} {\n${render(value, `${indent}  `)}${indent}}\n`,
    )
    .join("");
}

function authSection(end: End, id: string, method: Authentication, own: boolean): Section {
  const auth = method === "psk" && !own ? { auth: "psk" } : { auth: method };
  const certificate = own ? { certs: `${end}.pem` } : {};
  if (method === "pubkey" || method === "eap-tls") return { ...auth, id, ...certificate };
  if (method === "eap-radius") return { ...auth, id, eap_id: "%any" };
  if (method === "eap-mschapv2" || method === "eap-md5") return { ...auth, id, eap_id: id };
  return { ...auth, id };
}

/** The second round of authentication, which only alice has to pass. */
function xauthSection(end: End, xauth: Peer["xauth"]): Section {
  if (xauth === "no") return {};
  if (end === "alice") return { "local-xauth": { auth: "xauth", xauth_id: "alice.example.org" } };
  return { "remote-xauth": { auth: xauth === "radius" ? "xauth-radius" : "xauth" } };
}

function connectionSection(end: End, settings: Peer): Section {
  const other = end === "alice" ? "bob" : "alice";
  const outer = settings.outer === "ipv6" ? "outer6" : "outer";
  const net: Section = {
    local_ts: settings.localSubnet,
    remote_ts: settings.remoteSubnet,
    ...(settings.espProposals === "" ? {} : { esp_proposals: settings.espProposals }),
    rekey_time: "0",
    ...settings.child,
  };
  const further = Object.entries(settings.children).map(([name, changes]) => [name, { ...net, ...changes }]);
  return {
    version: String(settings.version),
    aggressive: settings.aggressive ? "yes" : "no",
    local_addrs: ends[end][outer],
    remote_addrs: end === "alice" ? ends.bob[outer] : "%any",
    proposals: settings.proposals,
    rekey_time: "0",
    ...(settings.ppk === undefined ? {} : { ppk_id: "lab", ppk_required: "yes" }),
    ...settings.connection,
    local: authSection(end, settings.id, settings.auth, true),
    remote: { ...authSection(other, settings.remoteId, settings.remoteAuth, false), ...settings.remote },
    ...xauthSection(end, settings.xauth),
    children: { net, ...Object.fromEntries<Section>(further as [string, Section][]) },
  };
}

export function swanctlConf(end: End, settings: Peer): string {
  const connection = connectionSection(end, settings);
  if (settings.crowd !== undefined) {
    return render({
      connections: crowdConnections(end, connection, settings.crowd),
      secrets: crowdSecrets(end, settings.crowd),
    });
  }
  const secret = { secret: `"${settings.secret}"` };
  const password = { secret: `"${settings.password ?? settings.secret}"` };
  return render({
    connections: { lab: connection },
    secrets: {
      "ike-lab": secret,
      "eap-lab": { id: "alice.example.org", ...password },
      ...(settings.ppk === undefined ? {} : { "ppk-lab": { id: "lab", secret: settings.ppk } }),
    },
  });
}

const plugins =
  "aesni aes sha1 sha2 md4 md5 random nonce x509 revocation constraints pubkey pkcs1 pkcs8 pem openssl " +
  "curve25519 gmp gcm ccm chapoly hmac xcbc cmac kdf drbg fips-prf";
const networkPlugins =
  "kernel-netlink socket-default vici eap-identity eap-mschapv2 xauth-generic updown counters";

/** The daemon's own settings. It gives up a message after 0.8, 1.44, 2.6 and 4.7 s: 9.5 s in all. */
export function strongswanConf(folder: string, settings: Peer): string {
  const ipsec = settings.ipsec === "userland" ? "kernel-libipsec" : "";
  const log: Section = {
    path: `${folder}/charon.log`,
    time_format: "%T",
    time_add_ms: "yes",
    flush_line: "yes",
    default: "1",
    ike: "2",
    cfg: "2",
    net: "1",
  };
  return render({
    charon: {
      load: [plugins, ipsec, networkPlugins, ...Object.keys(settings.plugins)].join(" "),
      retransmit_timeout: "0.8",
      retransmit_tries: "3",
      ...settings.charon,
      plugins: {
        "kernel-libipsec": { allow_peer_ts: "yes" },
        ...settings.plugins,
        vici: { socket: `unix://${folder}/vici` },
      },
      filelog: { lab: log },
    },
  });
}
