import { ENCR } from "../ike/registries/transforms-v2.js";
import { icvLengthOf } from "../ike/cipher-sizes.js";
import { loggedEncryption, loggedIntegrity } from "./algorithm-names.js";
import { type KeyCollector, type KeyParser, sourceMaker } from "./collector.js";
import { ByteDump } from "./byte-dump.js";
import { isCombined } from "./esp-algorithms.js";
import { Ikev2Lines } from "./ikev2-line.js";
import type { KeySource } from "./key.js";
import type { SecretBytes } from "./secret-bytes.js";

const ROW = /\|\s{3}((?:[0-9a-f]{2}\s{1,2}){0,15}[0-9a-f]{2})(?:\s|$)/;
const ADDED =
  /add_sa\(\) [^>]{0,200}->([^\s[>]{1,64})\[([0-9a-f]{1,8})\]==>([^\s>-]{1,64})-[^\s>]{0,80}->[^>]{0,200}?( \+esn)? replay_window=\d{1,10} (\w{1,40}):(\d{1,6}) (\w{1,40}):(\d{1,6})/;

/** The values that pluto dumps under a heading until the SA is added. */
interface Dumped {
  readonly source: KeySource;
  readonly encryption: ByteDump;
  readonly integrity: ByteDump;
  now: "encryption" | "integrity" | null;
}

/**
 * A log of Libreswan's pluto with `plutodebug=private`: the lines for tcpdump (IKEv2, once authenticated) and the keys of
 * Child SAs of both versions, "ESP enckey:" and "ESP authkey:" with their bytes below, and the line that adds the SA.
 */
export function plutoLog(file: string, into: KeyCollector): KeyParser {
  const ikeLines = new Ikev2Lines(file, "pluto log", into);
  const sourceAt = sourceMaker(file, "pluto log");
  let dumped: Dumped | null = null;
  return {
    line(text, number) {
      if (!text.includes("| ")) return;
      if (ikeLines.take(text, number)) return;
      if (/\| ESP enckey:\s*$/.test(text)) {
        dumped = {
          source: sourceAt(number),
          encryption: new ByteDump(null),
          integrity: new ByteDump(null),
          now: "encryption",
        };
        return;
      }
      if (dumped === null) return;
      if (/\| ESP authkey:\s*$/.test(text)) dumped.now = "integrity";
      else if (dumped.now !== null && ROW.test(text)) {
        dumped[dumped.now].row(ROW.exec(text)?.[1] ?? "");
      } else {
        if (!/\|\s{8,}$/.test(text)) dumped.now = null;
        const added = ADDED.exec(text);
        if (added !== null) {
          addSa(dumped, added, into);
          dumped = null;
        }
      }
    },
    end: () => ikeLines.end(),
  };
}

function addSa({ source, encryption, integrity }: Dumped, added: RegExpExecArray, into: KeyCollector): void {
  const [, from = "", spi = "", to = "", esn, firstName = "", , secondName = ""] = added;
  const cipherKey = encryption.secret();
  const names = [firstName, secondName];
  const cipher = names.map(loggedEncryption).find((id) => id !== null) ?? null;
  const check = names.map(loggedIntegrity).find((id) => id !== null) ?? null;
  if (cipherKey === null) {
    into.fault(source, "the dump of its key is cut");
    return;
  }
  if (cipher === null) {
    into.fault(source, "its encryption algorithm is not known");
    return;
  }
  const integrityKey: SecretBytes | null = integrity.secret();
  const isWhole = isCombined(cipher) || check === null || check === 0;
  into.key({
    kind: "esp",
    source,
    spi: Number.parseInt(spi, 16),
    from,
    to,
    encryption: cipher === ENCR.ENCR_NULL ? ENCR.ENCR_NULL : cipher,
    cipherKey,
    integrity: isWhole ? { id: 0, icvLength: 0 } : { id: check, icvLength: icvLengthOf(check) ?? 0 },
    integrityKey: integrityKey === null || integrityKey.length === 0 ? null : integrityKey,
    esn: esn !== undefined,
    oneOfTwo: false,
  });
}
