import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { openCaptures } from "../../../src/capture/node/open.js";
import { FileBytes } from "../../../src/capture/node/file-bytes.js";
import { decryptionSecrets } from "../../../src/capture/pcapng-secrets.js";
import { decodeMessages, KeyReader, type KeyRing, Opener } from "../../../src/index.js";
import { nodeCrypto } from "../../../src/opening/node/node-crypto.js";
import type { SeenMessage } from "../../../src/session/transmission.js";
import type { OpenedStream } from "../../../src/session/model/opened.js";

/** Captures of both ends of real daemons, with every source of their keys; they stand beside the repository. */
export const SAMPLES = new URL("../../../../shared/joint/samples/", import.meta.url).pathname;
export const HAVE_SAMPLES = existsSync(SAMPLES);
export const NO_SAMPLES = `no folder ${SAMPLES}`;

/** What a sample is, and what is true of it. */
export interface Sample {
  readonly name: string;
  readonly truth: readonly string[];
  /** Every file of it, below its folder. */
  readonly files: readonly string[];
}

export function samples(): Sample[] {
  if (!HAVE_SAMPLES) return [];
  return readdirSync(SAMPLES)
    .filter((name) => existsSync(join(SAMPLES, name, "truth.json")))
    .map((name) => {
      const { truth } = JSON.parse(readFileSync(join(SAMPLES, name, "truth.json"), "utf8")) as {
        readonly truth: readonly string[];
      };
      const files = readdirSync(join(SAMPLES, name), { recursive: true, encoding: "utf8" })
        .filter((file) => statSync(join(SAMPLES, name, file)).isFile())
        .toSorted();
      return { name, truth, files };
    });
}

/** A file of the samples as text, unpacked. */
export function sampleText(file: string): string {
  const bytes = readFileSync(join(SAMPLES, file));
  return (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("latin1");
}

/** The keys of files of the samples. */
export function keysOf(...files: readonly string[]): KeyRing {
  const reader = new KeyReader();
  for (const file of files) {
    const keys = reader.file(basename(file));
    keys.text(sampleText(file));
    keys.end();
  }
  return reader.ring();
}

/** The keys that a capture of the samples holds itself. */
export async function embeddedKeysOf(file: string): Promise<KeyRing> {
  const reader = new KeyReader();
  for (const { data } of await decryptionSecrets(await FileBytes.open(join(SAMPLES, file)))) {
    const keys = reader.file("embedded");
    keys.text(Buffer.from(data).toString("latin1"));
    keys.end();
  }
  return reader.ring();
}

/** What keys make of a capture. */
export interface OpenedCapture {
  /** All messages, those that were opened with what stands in them. */
  readonly messages: readonly SeenMessage[];
  readonly sealed: number;
  readonly opened: number;
  readonly streams: readonly OpenedStream[];
  readonly opener: Opener;
}

/** Opens a capture of the samples. */
export async function openSample(capture: string, ring: KeyRing): Promise<OpenedCapture> {
  const opener = new Opener(ring, nodeCrypto);
  const messages: SeenMessage[] = [];
  const source = await openCaptures([join(SAMPLES, capture)]);
  const tap = {
    message: (seen: SeenMessage) => messages.push({ ...seen, bytes: seen.bytes.slice() }),
    malformed: () => undefined,
  };
  await decodeMessages(source, tap, { opener });
  const isSealed = ({ message }: SeenMessage): boolean =>
    message.payloads.some(({ kind }) => kind === "encrypted");
  return {
    messages,
    sealed: messages.filter(isSealed).length,
    opened: messages.filter(({ opened }) => opened !== undefined).length,
    streams: opener.esp.streams(),
    opener,
  };
}
