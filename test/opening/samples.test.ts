import { describe, expect, it } from "vitest";
import { toHex } from "../../src/bytes/hex.js";
import { summarizePayload } from "../../src/ike/describe/payload.js";
import { NOTIFY_V1 } from "../../src/ike/registries/notify-v1.js";
import { NOTIFY_V2 } from "../../src/ike/registries/notify-v2.js";
import { fitsOf } from "../../src/opening/fits.js";
import { openedPayloads } from "../../src/session/opened.js";
import { encodePayloads } from "../support/ike/message.js";
import {
  embeddedKeysOf,
  HAVE_SAMPLES,
  keysOf,
  NO_SAMPLES,
  type OpenedCapture,
  openSample,
  type Sample,
  samples,
} from "../support/keys/samples.js";
import { itIf } from "../support/require.js";

const HOSTS = ["alice", "bob"] as const;

/** Sources of a host that hold IKE keys. */
function ikeSources({ files }: Sample, host: string): string[] {
  return files.filter(
    (file) =>
      file.startsWith(`${host}.charon.ike4`) ||
      file.startsWith(`${host}.charon.all4`) ||
      (file.startsWith(`${host}.`) && /ikev[12]_decryption_table$/.test(file)),
  );
}

/** Sources that hold keys of ESP. */
function espSources({ files }: Sample, host: string): string[] {
  return files.filter(
    (file) =>
      file.startsWith(`${host}.charon.ike4`) ||
      file.startsWith(`${host}.ip-xfrm-state.end`) ||
      file.startsWith(`${host}.ip-s-xfrm-state.end`) ||
      file.startsWith(`${host}.pluto.log`) ||
      (file.startsWith(`${host}.`) && file.endsWith("esp_sa")),
  );
}

function notifies({ messages }: OpenedCapture): number[] {
  return messages.flatMap(({ opened }) =>
    opened === undefined
      ? []
      : openedPayloads(opened).payloads.flatMap((payload) =>
          payload.kind === "notify" ? [payload.notifyType] : [],
        ),
  );
}

function tokens({ messages }: OpenedCapture): string {
  return messages
    .flatMap(({ opened }) =>
      opened === undefined
        ? []
        : openedPayloads(opened).payloads.map((payload) => summarizePayload(payload, opened.version)),
    )
    .join(" ");
}

/** IKEv1 with different PSKs: the keys of the two ends differ, and each end's open what that end sends. */
const KEYS_DIFFER: ReadonlyMap<string, number> = new Map([
  ["s1-bad-psk-main alice", 4],
  ["s1-bad-psk-main bob", 4],
]);

const all = samples();

describe("samples of real daemons", () => {
  const withIke = all.flatMap((sample) =>
    HOSTS.flatMap((host) => ikeSources(sample, host).map((source) => ({ sample, host, source }))),
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("open to the last message with each source of IKE keys", async () => {
    const short: string[] = [];
    let opened = 0;
    for (const { sample, host, source } of withIke) {
      const ring = keysOf(`${sample.name}/${source}`);
      const result = await openSample(`${sample.name}/${host}.pcap`, ring);
      const expected = KEYS_DIFFER.get(`${sample.name} ${host}`) ?? result.sealed;
      const hasKeys = ring.keys.some(({ kind }) => kind === "ikev2" || kind === "ikev1");
      if (hasKeys && result.opened !== expected) short.push(`${source}: ${result.opened} of ${expected}`);
      opened += result.opened;
      for (const message of result.messages) {
        if (message.opened === undefined) continue;
        const { payloads, problem } = openedPayloads(message.opened);
        expect(problem).toBeNull();
        if (message.opened.version === 1) continue;
        // Every byte of what was opened is told.
        expect(toHex(encodePayloads(payloads, 2))).toBe(toHex(message.opened.plain));
      }
    }
    expect(short).toEqual([]);
    expect(opened).toBeGreaterThan(550);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("open the ESP of every SA that a source has keys of", async () => {
    let streams = 0;
    for (const sample of all) {
      for (const host of HOSTS) {
        for (const source of espSources(sample, host)) {
          const ring = keysOf(`${sample.name}/${source}`);
          const { opener, streams: opened } = await openSample(`${sample.name}/${host}.pcap`, ring);
          expect([sample.name, source, opener.esp.unopened()]).toEqual([sample.name, source, []]);
          for (const stream of opened) {
            expect(stream.wrongIcv).toEqual([]);
            expect(stream.wrongPadding).toBe(0);
            expect(stream.mode).toBe("tunnel");
            expect(stream.flows.length).toBeGreaterThan(0);
            streams++;
          }
        }
      }
    }
    expect(streams).toBeGreaterThan(200);
  });

  const NAMED: readonly (readonly [string, string, readonly number[] | string])[] = [
    ["s2-bad-psk", "AUTHENTICATION_FAILED", [NOTIFY_V2.AUTHENTICATION_FAILED]],
    ["s2-cert-expired", "AUTHENTICATION_FAILED", [NOTIFY_V2.AUTHENTICATION_FAILED]],
    ["s2-no-proposal-child", "NO_PROPOSAL_CHOSEN", [NOTIFY_V2.NO_PROPOSAL_CHOSEN]],
    ["s2-ts-unacceptable", "TS_UNACCEPTABLE", [NOTIFY_V2.TS_UNACCEPTABLE]],
    ["s2-rekey-pfs-mismatch", "NO_PROPOSAL_CHOSEN", [NOTIFY_V2.NO_PROPOSAL_CHOSEN]],
    ["s1-quick-no-proposal", "NO_PROPOSAL_CHOSEN of IKEv1", [NOTIFY_V1.NO_PROPOSAL_CHOSEN]],
    ["s2-eap", "the rounds of EAP", "EAP(REQUEST: MSCHAPV2 CHALLENGE)"],
    ["s2-cert", "the identities", "IDi(FQDN: alice.example)"],
  ];
  for (const [name, what, expected] of NAMED) {
    itIf(HAVE_SAMPLES, NO_SAMPLES)(`show ${what} of ${name}, from either end's log`, async () => {
      for (const host of HOSTS) {
        const result = await openSample(
          `${name}/${host}.pcap`,
          keysOf(`${name}/${host}.charon.ike4-chd4.log`),
        );
        if (typeof expected === "string") expect(tokens(result)).toContain(expected);
        else expect(notifies(result)).toEqual(expect.arrayContaining([...expected]));
      }
    });
  }

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "derive the keys of Child SAs, with PFS and without, from the secrets of IKE",
    async () => {
      for (const name of [
        "s2-rekey",
        "s2-rekey-pfs",
        "s2-psk-gcm",
        "s2-chapoly",
        "s2-eap",
        "s1-main",
        "s1-aggressive",
      ]) {
        const file = all
          .find((sample) => sample.name === name)
          ?.files.find((each) => each.startsWith("alice.charon.ike4"));
        const ring = keysOf(`${name}/${file}`);
        const direct = await openSample(`${name}/alice.pcap`, ring);
        const derived = await openSample(`${name}/alice.pcap`, {
          ...ring,
          keys: ring.keys.filter(({ kind }) => kind !== "esp"),
        });
        expect(derived.streams.length).toBeGreaterThan(1);
        const inside = ({ streams }: OpenedCapture) =>
          streams.map(({ spi, opened, flows }) => ({ spi, opened, flows }));
        expect([name, inside(derived)]).toEqual([name, inside(direct)]);
      }
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("derive the keys of rekeyed IKE SAs from the first one's", async () => {
    const ring = keysOf("s2-rekey/alice.charon.ike4-chd4.log.gz");
    const isFirst = ({ kind, source }: (typeof ring.keys)[number]): boolean =>
      kind !== "ikev2" || source.line === ring.keys.find((key) => key.kind === "ikev2")?.source.line;
    const { opened, sealed } = await openSample("s2-rekey/alice.pcap", {
      ...ring,
      keys: ring.keys.filter(isFirst),
    });
    expect(opened).toBe(sealed);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("say what is missing where keys cannot be derived, once", async () => {
    const ring = keysOf("s2-rekey-pfs/alice.charon.ike4-chd4.log.gz");
    const keys = ring.keys.filter(({ kind }) => kind === "ikev2");
    const { opener, opened, sealed } = await openSample("s2-rekey-pfs/alice.pcap", { ...ring, keys });
    expect(opened).toBe(sealed);
    expect([...opener.underivable()]).toEqual([["IKE SA 919b2bc29acf4fed", "PFS"]]);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("hold keys of ESP themselves (pcapng decryption secrets)", async () => {
    const ring = await embeddedKeysOf("e-pcapng-dsb/alice.pcapng");
    const { streams } = await openSample("e-pcapng-dsb/alice.pcapng", ring);
    expect(streams.map(({ opened }) => opened)).toEqual([5, 5]);
  });
});

describe("keys that do not fit", () => {
  const fits = async (capture: string, ...files: string[]) => {
    const ring = keysOf(...files);
    const { opener } = await openSample(capture, ring);
    return fitsOf(ring, opener).map(({ fit }) => fit);
  };

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "have one cipher key that is a bit off, or an integrity key, or are another SA's",
    async () => {
      expect(await fits("e-wrong-keys/alice.pcap", "e-wrong-keys/ikev2_decryption_table")).toMatchObject([
        { kind: "opens", count: 1, cipherMisfits: 1 },
        { kind: "does not fit" },
        { kind: "not in capture" },
      ]);
      expect(await fits("e-wrong-keys/alice.pcap", "e-wrong-keys/esp_sa")).toMatchObject([
        { kind: "opens", count: 5, misfits: 0 },
        { kind: "not in capture" },
      ]);
    },
  );

  itIf(HAVE_SAMPLES, NO_SAMPLES)("lack the salt", async () => {
    expect(await fits("e-gcm-without-salt/alice.pcap", "e-gcm-without-salt/ikev2_decryption_table")).toEqual([
      { kind: "salt missing", has: 32, needed: 36 },
    ]);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("are named for the IKE SA before the rekey (save-keys)", async () => {
    expect(
      await fits("s2-rekey/alice.pcap", "s2-rekey/alice.save-keys/ikev2_decryption_table"),
    ).toMatchObject([
      { kind: "opens" },
      { kind: "opens" },
      { kind: "opens another", of: ["IKE SA 0b78c8a866f08566"] },
    ]);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)("have initiator and responder exchanged", async () => {
    const ring = keysOf("s2-psk-cbc/alice.save-keys/ikev2_decryption_table");
    const keys = ring.keys.map((key) =>
      key.kind === "ikev2" ? { ...key, skEi: key.skEr, skEr: key.skEi, skAi: key.skAr, skAr: key.skAi } : key,
    );
    const { opener } = await openSample("s2-psk-cbc/alice.pcap", { ...ring, keys });
    expect(fitsOf({ ...ring, keys }, opener)).toMatchObject([{ fit: { kind: "opens exchanged", count: 2 } }]);
  });

  itIf(HAVE_SAMPLES, NO_SAMPLES)(
    "are of another capture altogether: nothing is opened, whatever was given",
    async () => {
      const foreign = keysOf(
        "s2-cert/alice.charon.ike4-chd4.log",
        "s2-psk-gcm/alice.save-keys/esp_sa",
        "s1-main/alice.save-keys/ikev1_decryption_table",
      );
      for (const name of ["s2-rekey", "s1-aggressive", "lw-v2-psk"]) {
        const { opened, streams } = await openSample(`${name}/alice.pcap`, foreign);
        expect([name, opened, streams]).toEqual([name, 0, []]);
      }
    },
  );

  it("are told apart from keys that nothing needs", async () => {
    if (!HAVE_SAMPLES) return;
    const ring = keysOf("s2-psk-cbc/alice.charon.ike4-chd4.log");
    const { opener } = await openSample("s2-psk-cbc/alice.pcap", ring);
    expect(fitsOf(ring, opener).map(({ fit }) => fit.kind)).toEqual([
      "not needed",
      "opens",
      "opens",
      "opens",
    ]);
  });
});
