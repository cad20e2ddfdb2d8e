import { namer, numbersOf, type RegistryRow } from "./registry.js";

/** Configuration types of both versions (RFC 7296 3.15, draft-ietf-ipsec-isakmp-mode-cfg 3.2). */
export const CONFIG_TYPES = [
  [1, "CFG_REQUEST", "RFC 7296"],
  [2, "CFG_REPLY", "RFC 7296"],
  [3, "CFG_SET", "RFC 7296"],
  [4, "CFG_ACK", "RFC 7296"],
] as const satisfies readonly RegistryRow[];

/**
 * Configuration attributes of IKEv2: https://www.iana.org/assignments/ikev2-parameters, as of 2025-12. 5, 9 and 11 are
 * reserved now; RFC 4306 and mode config had them. From 16384 on private numbers that are in wide use.
 */
export const CONFIG_ATTRIBUTES = [
  [1, "INTERNAL_IP4_ADDRESS", "RFC 7296"],
  [2, "INTERNAL_IP4_NETMASK", "RFC 7296"],
  [3, "INTERNAL_IP4_DNS", "RFC 7296"],
  [4, "INTERNAL_IP4_NBNS", "RFC 7296"],
  [5, "INTERNAL_ADDRESS_EXPIRY", "RFC 4306"],
  [6, "INTERNAL_IP4_DHCP", "RFC 7296"],
  [7, "APPLICATION_VERSION", "RFC 7296"],
  [8, "INTERNAL_IP6_ADDRESS", "RFC 7296"],
  [9, "INTERNAL_IP6_NETMASK", "draft-ietf-ipsec-isakmp-mode-cfg"],
  [10, "INTERNAL_IP6_DNS", "RFC 7296"],
  [11, "INTERNAL_IP6_NBNS", "RFC 4306"],
  [12, "INTERNAL_IP6_DHCP", "RFC 7296"],
  [13, "INTERNAL_IP4_SUBNET", "RFC 7296"],
  [14, "SUPPORTED_ATTRIBUTES", "RFC 7296"],
  [15, "INTERNAL_IP6_SUBNET", "RFC 7296"],
  [16, "MIP6_HOME_PREFIX", "RFC 5026"],
  [17, "INTERNAL_IP6_LINK", "RFC 5739"],
  [18, "INTERNAL_IP6_PREFIX", "RFC 5739"],
  [19, "HOME_AGENT_ADDRESS", "3GPP TS 24.302"],
  [20, "P_CSCF_IP4_ADDRESS", "RFC 7651"],
  [21, "P_CSCF_IP6_ADDRESS", "RFC 7651"],
  [22, "FTT_KAT", "3GPP TS 24.302"],
  [23, "EXTERNAL_SOURCE_IP4_NAT_INFO", "3GPP TS 29.139"],
  [24, "TIMEOUT_PERIOD_FOR_LIVENESS_CHECK", "3GPP TS 24.302"],
  [25, "INTERNAL_DNS_DOMAIN", "RFC 8598"],
  [26, "INTERNAL_DNSSEC_TA", "RFC 8598"],
  [27, "ENCDNS_IP4", "RFC 9464"],
  [28, "ENCDNS_IP6", "RFC 9464"],
  [29, "ENCDNS_DIGEST_INFO", "RFC 9464"],
  [16520, "XAUTH_TYPE", "draft-beaulieu-ike-xauth-02"],
  [16521, "XAUTH_USER_NAME", "draft-beaulieu-ike-xauth-02"],
  [16522, "XAUTH_USER_PASSWORD", "draft-beaulieu-ike-xauth-02"],
  [16523, "XAUTH_PASSCODE", "draft-beaulieu-ike-xauth-02"],
  [16524, "XAUTH_MESSAGE", "draft-beaulieu-ike-xauth-02"],
  [16525, "XAUTH_CHALLENGE", "draft-beaulieu-ike-xauth-02"],
  [16526, "XAUTH_DOMAIN", "draft-beaulieu-ike-xauth-02"],
  [16527, "XAUTH_STATUS", "draft-beaulieu-ike-xauth-02"],
  [16528, "XAUTH_NEXT_PIN", "draft-beaulieu-ike-xauth-02"],
  [16529, "XAUTH_ANSWER", "draft-beaulieu-ike-xauth-02"],
  [23456, "INTERNAL_IP4_SERVER", "[MS-IKEE]"],
  [23457, "INTERNAL_IP6_SERVER", "[MS-IKEE]"],
  [28672, "UNITY_BANNER", "Cisco"],
  [28673, "UNITY_SAVE_PASSWD", "Cisco"],
  [28674, "UNITY_DEF_DOMAIN", "Cisco"],
  [28675, "UNITY_SPLIT_DOMAIN", "Cisco"],
  [28676, "UNITY_SPLIT_INCLUDE", "Cisco"],
  [28677, "UNITY_NATT_PORT", "Cisco"],
  [28678, "UNITY_SPLIT_EXCLUDE", "Cisco"],
  [28679, "UNITY_PFS", "Cisco"],
  [28680, "UNITY_FW_TYPE", "Cisco"],
  [28681, "UNITY_BACKUP_SERVERS", "Cisco"],
  [28682, "UNITY_DDNS_HOSTNAME", "Cisco"],
] as const satisfies readonly RegistryRow[];

/** Values of XAUTH_TYPE. */
export const XAUTH_TYPES = [
  [0, "GENERIC", "draft-beaulieu-ike-xauth-02"],
  [1, "RADIUS_CHAP", "draft-beaulieu-ike-xauth-02"],
  [2, "OTP", "draft-beaulieu-ike-xauth-02"],
  [3, "S_KEY", "draft-beaulieu-ike-xauth-02"],
] as const satisfies readonly RegistryRow[];

/** Values of XAUTH_STATUS. */
export const XAUTH_STATES = [
  [0, "FAIL", "draft-beaulieu-ike-xauth-02"],
  [1, "OK", "draft-beaulieu-ike-xauth-02"],
] as const satisfies readonly RegistryRow[];

export const CONFIG_ATTRIBUTE = numbersOf(CONFIG_ATTRIBUTES);

export const configTypeName: (type: number) => string = namer(CONFIG_TYPES, [[128, 255]]);
export const configAttributeName: (type: number) => string = namer(CONFIG_ATTRIBUTES, [[16384, 32767]]);
export const xauthTypeName: (type: number) => string = namer(XAUTH_TYPES, [[32768, 65535]]);
export const xauthStatusName: (status: number) => string = namer(XAUTH_STATES);
