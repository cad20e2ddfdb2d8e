import { exact, hexOf, md5, prefix, text, type VendorIdRow } from "./vendor-id-row.js";
import { VENDOR_IDS_BY_VERSION } from "./vendor-ids-by-version.js";

const CISCO = "Cisco";
const FORTINET = "Fortinet FortiGate";
const JUNIPER = "Juniper";
const OE = "Openswan or Libreswan";
const APPLE = "Apple macOS or iOS";
const WINDOWS = "Microsoft Windows";

/** Versions behind the vendor ID of Windows ([MS-IKEE] 2.2.4 and its notes; nmap has the same). */
const WINDOWS_VERSIONS: readonly (readonly [version: number, name: string])[] = [
  [2, "Windows 2000"],
  [3, "Windows XP"],
  [4, "Windows Server 2003"],
  [5, "Windows Vista"],
  [6, "Windows Server 2008"],
  [7, "Windows 7"],
  [8, "Windows Server 2008 R2"],
  [9, "Windows 8 or later"],
];

/**
 * Known vendor IDs; there is no registry. Sources: the RFC or draft that defines the string; strongSwan's
 * isakmp_vendor.c and ike_vendor.c; Libreswan's vendor.c; Wireshark's packet-isakmp.c; ike-scan's ike-vendor-ids and
 * nmap's ike-fingerprints.lua. Rows with `md5Of` are checked by recomputing the hash.
 *
 * Not here, because none of these sources gives a Vendor ID of their own: Palo Alto PAN-OS, MikroTik RouterOS, Android
 * (its IKEv2 library decodes the payload and never builds one), Apple in IKEv2, Huawei, WatchGuard, Sophos, and the
 * gateways of the clouds. Some of them are told by their retransmissions (`SCHEDULES` in session/). The order of their
 * payloads may differ too, but it was not proven to be theirs alone.
 */
export const VENDOR_IDS: readonly VendorIdRow[] = [
  // Features
  prefix("afcad71368a1f1c96b8696fc7757", "Dead Peer Detection"), // RFC 3706 5.1: two version bytes follow
  md5("4a131c81070358455c5728f20e95452f", "RFC 3947"),
  md5("4485152d18b6bbcd0be8a8469579ddcc", "draft-ietf-ipsec-nat-t-ike-00"),
  md5("16f6ca16e4a4066d83821a0f0aeaa862", "draft-ietf-ipsec-nat-t-ike-01"),
  md5("cd60464335df21f87cfdb2fc68b6a448", "draft-ietf-ipsec-nat-t-ike-02"),
  md5("90cb80913ebb696e086381b5ec427b1f", "draft-ietf-ipsec-nat-t-ike-02\n"),
  md5("7d9419a65310ca6f2c179d9215529d56", "draft-ietf-ipsec-nat-t-ike-03"),
  md5("9909b64eed937c6573de52ace952fa6b", "draft-ietf-ipsec-nat-t-ike-04"),
  md5("80d0bb3def54565ee84645d4c85ce3ee", "draft-ietf-ipsec-nat-t-ike-05"),
  md5("4d1e0e136deafa34c4f3ea9f02ec7285", "draft-ietf-ipsec-nat-t-ike-06"),
  md5("439b59f8ba676c4c7737ae22eab8f582", "draft-ietf-ipsec-nat-t-ike-07"),
  md5("8f8d83826d246b6fc7a8a6a428c11de8", "draft-ietf-ipsec-nat-t-ike-08"),
  md5("42ea5b6f898d9773a575df26e7dd19e1", "draft-ietf-ipsec-nat-t-ike-09"),
  md5("27bab5dc01ea0760ea4e3190ac27c0d0", "draft-stenberg-ipsec-nat-traversal-01"),
  md5("6105c422e76847e43f9684801292aecd", "draft-stenberg-ipsec-nat-traversal-02"),
  md5("50760f624c63e5c53eea386c685ca083", "ESPThruNAT"),
  md5("810fa565f8ab14369105d706fbd57279", "RFC XXXX", "Solaris"), // Libreswan vendor.c
  { ...prefix("09002689dfd6b712", "XAUTH"), md5Of: "draft-ietf-ipsra-isakmp-xauth-06.txt" },
  { ...prefix("4048b7d56ebce88525e7de7f00d6c2d3", "FRAGMENTATION"), md5Of: "FRAGMENTATION" }, // flags may follow
  md5("621b04bb09882ac1e15935fefa24aeee", "GSSAPI"),
  md5("ad2c0dd0b9c32083ccba25b8861ec455", "A GSS-API Authentication Method for IKE"),
  md5("b46d8914f3aaa3f2fedeb7c7db2943ca", "A GSS-API Authentication Method for IKE\n"),
  md5("6a7434c19d7e36348090a02334c9c805", "draft-huttunen-ipsec-esp-in-udp-00.txt"),
  md5("c40fee00d5d39ddb1fc762e09b7cfea7", "Testing NAT-T RFC"),
  exact("325df29a2319f2dd", "draft-ietf-ipsec-antireplay-00"), // Wireshark
  exact("8db7a41811221660", "draft-ietf-ipsec-heartbeats-00"), // Wireshark
  md5("ba290499c24e84e53a1d83a05e5f00c9", "IKE Challenge/Response for Authenticated Cryptographic Keys"),
  md5("0d33611a5d521b5e3c9c03d2fc107e12", "IKE Challenge/Response for Authenticated Cryptographic Keys\n"),
  md5(
    "ad3251042cdc4652c9e0734ce5de4c7d",
    "IKE Challenge/Response for Authenticated Cryptographic Keys (Revised)",
  ),
  md5(
    "13f11823f966fa91900f024ba66a86ba",
    "IKE Challenge/Response for Authenticated Cryptographic Keys (Revised)\n",
  ), // ike-scan
  exact("2d7922c6b301d9b0e1342739e9cfbbd5", "Delete with reason"), // Wireshark
  text("IKEv2", null), // Libreswan vendor.c: an IKEv1 sender that could do IKEv2
  prefix(hexOf("OpenPGP"), "OpenPGP"), // Libreswan vendor.c, nmap
  prefix(hexOf("HeartBeat_Notify"), "HeartBeat Notify"),
  prefix(hexOf("HeartBeat Notify"), "HeartBeat Notify"), // ike-scan
  exact("3b9031dce4fcf88b489a923963dd0c49", "Dead Peer Detection 1 NG"), // Libreswan vendorid.c, from Shrew Soft's source

  // strongSwan, Libreswan and kin
  md5("882fe56d6fd20dbc2251613b2ebe5beb", "strongSwan", "strongSwan"),
  prefix(hexOf("OE-Libreswan-"), "OE-Libreswan", "Libreswan"),
  text("Opportunistic IPsec", null), // Libreswan vendorid.c
  { ...prefix(hexOf("OE"), "Openswan or Libreswan", OE), length: 12 }, // "OE" and ten characters of a hash
  { ...prefix(hexOf("OSW"), "Openswan", "Openswan"), length: 12 }, // seen in Openswan's own test captures
  md5("7003cbc1097dbe9c2600ba6983bc8b35", "KAME/racoon", "racoon"),
  prefix("f14b94b7bff1fef02773b8c49feded26", "Shrew Soft", "Shrew Soft client"),
  prefix(hexOf("OpenIKED-"), "OpenIKED", "OpenBSD iked"), // libreswan issue 1825: "OpenIKED-7.4"
  exact("20a3622c1cea7ce37bee3ca484425276", "IPsec-Tools", "racoon"), // Wireshark
  exact("101fb0b35c5a4f4c08b919f1cb9777b0", "NCP client", "NCP client"),
  // Libreswan vendorid.c: seen from NCP clients
  exact("eb4c1b788afd4a9cb7730a68d56d088b", "NCP client", "NCP client"),
  exact("c61baca1f1a60cc10800000000000000", "NCP client", "NCP client"),
  exact("cbe79444a0870de4224a2c151fbfe099", "NCP client", "NCP client"),
  // Libreswan vendorid.c; version nibbles and a zero follow
  prefix("08db45e6cb01f80bb576e9a78c0f54e1300b8881", "ELVIS-PLUS Zastava", "ELVIS-PLUS Zastava"),

  // Microsoft: [MS-IKEE] 2.2.4; a version number follows the first
  {
    ...prefix("1e2b516905991c7d7c96fcbfb587e461", "MS NT5 ISAKMPOAKLEY", WINDOWS),
    md5Of: "MS NT5 ISAKMPOAKLEY",
  },
  ...WINDOWS_VERSIONS.map(([version, name]) =>
    prefix(
      `1e2b516905991c7d7c96fcbfb587e461${version.toString(16).padStart(8, "0")}`,
      `MS NT5 ISAKMPOAKLEY (${name})`,
      WINDOWS,
    ),
  ),
  md5("fb1de3cdf341b7ea16b7e5be0855f120", "MS-Negotiation Discovery Capable", WINDOWS),
  md5("26244d38eddb61b3172a36e3d0cfb819", "Vid-Initial-Contact", WINDOWS),
  md5("e3a5966a76379fe707228231e5ce8652", "IKE CGA version 1", WINDOWS),
  md5("214ca4faffa7f32d6748e5303395ae83", "MS-MamieExists", WINDOWS),
  // Libreswan vendorid.c; the number of the protocol follows: IKE, AuthIP or IKEv2
  prefix("01528bbbc00696121849ab9a1c5b2a51", "Windows KEY_MODS", WINDOWS),
  // Libreswan vendorid.c; the number of the group follows
  prefix("7bb93867d76c8d80df0f40fae8fc3b19", "AuthIP initial key exchange", WINDOWS),
  md5("72872b95fcda2eb708efe322119b4971", "NLBS_PRESENT", WINDOWS), // fail-over of clusters: ike-scan, Libreswan
  md5("686a8cbdfe634b405146fb2baf33e9e8", "MSFT IPsec Security Realm Id", WINDOWS), // Libreswan vendorid.c
  md5("8aa394cf8a5577dc3110c113b027a4f2", "Microsoft Xbox One 2013", "Microsoft Xbox"), // Libreswan vendorid.c
  exact("660822b3a73a244149578d62e0eb46a0", "Xbox IKEv2 negotiation", "Microsoft Xbox"), // Libreswan vendorid.c

  // Cisco
  prefix("12f5f28c457168a9702d9fe274cc", "Cisco Unity"), // others answer it to be treated as such
  prefix("1f07f70eaa6514d3b0fa96542a", "Cisco VPN 3000", CISCO),
  md5("f6f7efc7f5aeb8cb158cb9d094ba69e7", "ALTIGA NETWORKS", CISCO), // client of the VPN 3000: ike-scan
  prefix("3e984048", "Cisco IOS", CISCO), // Libreswan vendor.c
  text("CISCO-DELETE-REASON", CISCO),
  text("CISCO-DYNAMIC-ROUTE", CISCO), // Libreswan vendorid.c
  text("CISCOVPN-REV-02", CISCO), // Libreswan vendorid.c
  text("FLEXVPN-SUPPORTED", null), // strongSwan sends it too where it is told to (send_cisco_flexvpn_vendor_id)
  text("CISCO(COPYRIGHT)&Copyright (c) 2009 Cisco Systems, Inc.", CISCO),

  // Fortinet: FortiGate prints the name of the first in its own debug log
  prefix("8299031757a36082c6a621de", "FortiGate", FORTINET),
  md5("4c53427b6d465d1b337bb755a37a7fef", "forticlient connect license", "Fortinet"), // Libreswan vendorid.c
  md5("b4f01ca951e9da8d0bafbbd34ad3044e", "Fortinet Endpoint Control", "Fortinet"), // Libreswan vendorid.c

  // Check Point, SonicWall, ZyXEL, Nortel
  prefix("f4ed19e0c114eb516faaac0ee37daf2807b4381f", "Check Point", "Check Point"),
  prefix("404bf439522ca3f6", "SonicWall", "SonicWall"),
  { ...prefix("5b362bc820f6", "SonicWall", "SonicWall"), length: 8 },
  exact("5b362bc820f70001", "SonicWall", "SonicWall"), // ike-scan
  // libreswan issue 256: IKEv2 of a TZ500; the excerpt that was read ends after 13 of its 20 bytes
  { ...prefix("2a6775d0ad2aa7887c33fe1d68", "SonicWall IKEv2", "SonicWall"), length: 20 },
  exact("b858d1addd08c1e8adafea150608aa4497aa6cc8", "ZyXEL ZyWALL router", "ZyXEL"),
  exact("f758f22668750f03b08df6ebe1d0", "ZyXEL ZyWALL USG 100", "ZyXEL"),
  exact("625027749d5ab97f5616c1602765cf480a3b7d0b", "ZyXEL ZyWALL", "ZyXEL"),
  prefix("424e4553000000", "Nortel Contivity", "Nortel"),

  // SafeNet SoftRemote, which SonicWall, WatchGuard and others sold under their names (ike-scan, Libreswan vendor.c)
  prefix("47bbe7c993f1fc13b4e6d0db565c68e5", "SafeNet SoftRemote", "SafeNet SoftRemote"),
  prefix("da8e9378", "SafeNet, SonicWall or WatchGuard"),
  exact("975b7816f69789600dda89040576e0db", "SonicWall Global VPN Client", "SonicWall"), // ike-scan
  // Wireshark, Libreswan vendor.c
  exact("9aa1f3b43472a45d5f506aeb26c0f214", "CyberGuard", "CyberGuard"),
  exact("8404adf9cda05760b2ca292e4bff537b", "Sidewinder", "Sidewinder"),
  prefix(hexOf("TIMESTEP"), "Timestep", "Timestep"),
  prefix(hexOf("LVG"), "Lucent VPN Gateway", "Lucent"),
  prefix(hexOf("LVC"), "Lucent VPN Client", "Lucent"),
  // nmap
  exact("c573b056d7faca36c2fba28374127cbf", "StoneGate", "StoneGate"),
  exact("baeb239037e17787d730eed9d95d48aa", "StoneGate", "StoneGate"),
  { ...prefix("1d6e178f6c2c0be284985465450fe9d4", "FortiGate", FORTINET), length: 16 },

  // Apple. The draft has no number, and no draft says so: the source of Apple's racoon calls it VENDORID_NATT_APPLE.
  md5("4df37928e9fc4fd1b3262170d515c662", "draft-ietf-ipsec-nat-t-ike", APPLE),
  text("Mac OSX 10.x", APPLE), // nmap

  // ike-scan
  md5("dbfb81eb5760b0788562067da102d755", "NETGEAR", "Netgear"),
  exact("4485152d18b6bbcc0be8a8469579ddcc", "Avaya VSU", "Avaya"), // one digit off the hash of nat-t-ike-00
  prefix(hexOf("Raptor PowerVpn Server"), "Symantec Raptor", "Symantec Raptor"),

  // Aruba: Wireshark packet-isakmp.c
  exact("ca3e2b854ba8030017dc1023a4fde2041f9f7463", "Aruba remote AP", "Aruba"),
  exact("3c8e70bdf9c7d74add53e4100915dc2e4bb51274", "Aruba controller", "Aruba"),
  exact("88f0e3149b3fa48b05aa7f685f0b766be186ccb8", "Aruba VIA client", "Aruba"),
  prefix(hexOf("VIA Auth Profile : "), "Aruba VIA authentication profile", "Aruba"),

  // NetScreen and its successors at Juniper; two version words follow
  ...[
    "299ee8289f40a8973bc78687e2e7226b532c3b76",
    "3a15e1f3cf2a63582e3ac82d1c64cbe3b6d779e7",
    "47d2b126bfcd83489760e2cf8c5d4d5a03497c15",
    "4a4340b543e02b84c88a8b96a8af9ebe77d9accc",
    "64405f46f03b7660a23be116a1975058e69e8387",
    "699369228741c6d4ca094c93e242c9de19e7b7c6",
    "8c0dc6cf62a0ef1b5c6eabd1b67ba69866adf16a",
    "92d27a9ecb31d99246986d3453d0c3d57a222a61",
    "9b096d9ac3275a7d6fe8b91c583111b09efed1a0",
    "bf03746108d746c904f1f3547de24f78479fed12",
    "c2e80500f4cc5fbf5daaeed3bb59abaeee56c652",
    "c8660a62b03b1b6130bf781608d32a6a8d0fb89f",
    "f885da40b1e7a9abd17655ec5bbec0f21f0ed52e",
    "2a2bcac19b8e91b426107807e02e7249569d6fd3",
    "166f932d55eb64d8e4df4fd37e2313f0d0fd8451",
    "a35bfd05ca1ac0b3d2f24e9e82bfcbff9c9e52b5",
    "9436e8d67174ef9aed068d5ad5213f187a3f8ba6", // nmap: NS-5XP
    "2c9d7e81995b9967d23f571ac641f9348122f1cc", // nmap: SSG-550M
  ].map((id) => prefix(id, "NetScreen", JUNIPER)),
  // libreswan issue 786: beside 69936922... of the same peer, in IKEv2
  exact("fd808804df73b15150709d878044cde0ac1efcde", "Juniper IKEv2", JUNIPER),

  ...VENDOR_IDS_BY_VERSION,
];
