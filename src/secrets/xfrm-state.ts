import { addressBytes, ipv4At, ipv6At } from "../bytes/address.js";
import { ENCR } from "../ike/registries/transforms-v2.js";
import { ccmOf, gcmOf, integrityOf } from "./algorithm-names.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { hexKey } from "./hex-key.js";
import type { EspIntegrity, KeySource } from "./key.js";
import type { SecretBytes } from "./secret-bytes.js";

const NO_INTEGRITY: EspIntegrity = { id: 0, icvLength: 0 };
/** The kernel's own cut of `auth`, which names none (net/xfrm/xfrm_algo.c), bits. */
const DEFAULT_CUT = 96;

/** Ciphers by the kernel's names. */
const CIPHERS: ReadonlyMap<string, number> = new Map([
  ["cbc(aes)", ENCR.ENCR_AES_CBC],
  ["aes", ENCR.ENCR_AES_CBC],
  ["cbc(des3_ede)", ENCR.ENCR_3DES],
  ["des3_ede", ENCR.ENCR_3DES],
  ["cbc(des)", ENCR.ENCR_DES],
  ["des", ENCR.ENCR_DES],
  ["cbc(camellia)", ENCR.ENCR_CAMELLIA_CBC],
  ["camellia", ENCR.ENCR_CAMELLIA_CBC],
  ["cbc(blowfish)", ENCR.ENCR_BLOWFISH],
  ["blowfish", ENCR.ENCR_BLOWFISH],
  ["rfc3686(ctr(aes))", ENCR.ENCR_AES_CTR],
  ["ecb(cipher_null)", ENCR.ENCR_NULL],
  ["cipher_null", ENCR.ENCR_NULL],
]);

/** One state while its lines come. */
interface State {
  readonly source: KeySource;
  readonly from: string;
  readonly to: string;
  spi: number | null;
  encryption: number | null;
  cipherKey: SecretBytes | null;
  integrity: EspIntegrity;
  integrityKey: SecretBytes | null;
  esn: boolean;
  /** The first fault in it; null where there is none. */
  fault: string | null;
}

/**
 * Output of `ip xfrm state`, with -s or without, of all versions of iproute2: a head "src A dst B", then a line "proto esp
 * spi 0x...", and lines of algorithms with keys. Keys that were hidden (`nokeys`, Cilium's hash, an ellipsis) are told.
 */
export function xfrmState(file: string, into: KeyCollector): KeyParser {
  const sourceAt = sourceMaker(file, "ip xfrm state");
  let state: State | null = null;
  const settle = (): void => {
    if (state !== null) finish(state, into);
    state = null;
  };
  return {
    line(text, number) {
      const head = /^\s*(?:Updated |Deleted |Expired )?src (\S+) dst (\S+)(?:\s|$)/.exec(text);
      if (head !== null && !/\b(sel|dev|dport|proto)\b/.test(text)) {
        settle();
        const [from, to] = [addressOf(head[1]), addressOf(head[2])];
        if (from !== null && to !== null) state = newState(sourceAt(number), from, to);
      } else if (state !== null && !stateLine(text, state)) settle();
    },
    end: settle,
  };
}

function newState(source: KeySource, from: string, to: string): State {
  return {
    source,
    from,
    to,
    spi: null,
    encryption: null,
    cipherKey: null,
    integrity: NO_INTEGRITY,
    integrityKey: null,
    esn: false,
    fault: null,
  };
}

/** Takes a line of a state; false where it is none. */
function stateLine(text: string, state: State): boolean {
  const line = text.trim();
  if (line === "") return true;
  const proto = /^proto (\S+) (?:spi (0x[0-9a-f]{1,8}))?/i.exec(line);
  if (proto !== null) {
    if (proto[1] === "esp" && proto[2] !== undefined) state.spi = Number(proto[2]);
    return true;
  }
  if (/^(?:replay-window|anti-replay)/.test(line) && /\besn\b/.test(line)) state.esn = true;
  const algorithm =
    /^(auth-trunc|auth|enc|aead)\s+(\S+)\s+(<<[^>]*>>|\[hash:[^\]]*\]|\S+)(?:\s+\(\d+ bits\))?(?:\s+(\d+))?/.exec(
      line,
    );
  if (algorithm === null) return /^[a-z_(\d]|^0x/i.test(line) && !/[$#>]\s/.test(line.slice(0, 40));
  const [, kind = "", name = "", keyText = "", bits] = algorithm;
  const key = keyText === "0x" ? hexKey("") : /^0x[0-9a-f]+$/i.test(keyText) ? hexKey(keyText) : null;
  if (key === null) state.fault ??= hiddenReason(keyText);
  else take(state, { kind, name, key, cut: bits === undefined ? null : Number(bits) });
  return true;
}

interface Algorithm {
  readonly kind: string;
  readonly name: string;
  readonly key: SecretBytes;
  /** Bits of ICV. */
  readonly cut: number | null;
}

function take(state: State, { kind, name, key, cut }: Algorithm): void {
  if (kind === "enc") {
    state.encryption = CIPHERS.get(name) ?? null;
    state.cipherKey = key;
    if (state.encryption === null) state.fault ??= "its encryption algorithm is not known";
    return;
  }
  if (kind === "aead") {
    state.encryption = aeadOf(name, (cut ?? 128) / 8);
    state.cipherKey = key;
    if (state.encryption === null) state.fault ??= "its combined-mode algorithm is not known";
    return;
  }
  const integrity = authOf(name, cut ?? DEFAULT_CUT);
  if (integrity === null) state.fault ??= "its authentication algorithm is not known";
  else {
    state.integrity = integrity;
    state.integrityKey = key.length === 0 ? null : key;
  }
}

function aeadOf(name: string, icvLength: number): number | null {
  switch (name) {
    case "rfc4106(gcm(aes))":
      return gcmOf(icvLength);
    case "rfc4309(ccm(aes))":
      return ccmOf(icvLength);
    case "rfc4543(gcm(aes))":
      return ENCR.ENCR_NULL_AUTH_AES_GMAC;
    case "rfc7539esp(chacha20,poly1305)":
      return ENCR.ENCR_CHACHA20_POLY1305;
    default:
      return null;
  }
}

function authOf(name: string, bits: number): EspIntegrity | null {
  if (/^(?:digest_null|null)$/.test(name)) return NO_INTEGRITY;
  const hash = /^(?:hmac\()?(md5|sha1|sha256|sha384|sha512)\)?$/.exec(name)?.[1];
  if (hash !== undefined) return integrityOf(hash.toUpperCase(), bits);
  if (/^(?:xcbc\(aes\)|aes-xcbc)$/.test(name)) return integrityOf("XCBC", bits);
  return name === "cmac(aes)" ? integrityOf("CMAC", bits) : null;
}

function hiddenReason(keyText: string): string {
  if (keyText.startsWith("<<")) return "its keys are hidden (`ip xfrm state nokeys`)";
  if (keyText.startsWith("[hash:")) return "a hash stands in place of its keys (cilium-dbg)";
  if (/\.\.\.|\u2026/.test(keyText)) return "its keys are shortened";
  return "a key is not written in hex";
}

function finish(state: State, into: KeyCollector): void {
  const { source, spi, from, to, encryption, cipherKey, integrity, integrityKey, esn, fault } = state;
  // AH, IPComp and policies have no key that opens anything; an SA that the kernel only asks for has none yet.
  if (spi === null || spi === 0) return;
  if (fault !== null) into.fault(source, fault);
  else if (encryption !== null && cipherKey !== null) {
    into.key({
      kind: "esp",
      source,
      spi,
      from,
      to,
      encryption,
      cipherKey,
      integrity,
      integrityKey,
      esn,
      oneOfTwo: false,
    });
  }
}

function addressOf(text = ""): string | null {
  const bytes = addressBytes(text);
  if (bytes === null) return null;
  return bytes.length === 4 ? ipv4At(bytes, 0) : ipv6At(bytes, 0);
}
