import { SAMPLES } from "../support/ike/samples.js";
import { ethernet, ipv4, udp } from "../support/packet/index.js";
import { CaptureFile } from "./capture-file.js";

const NOON = 1_700_000_000_000_000;

/** Messages as captures hold them; what is encrypted on the wire is not among them in clear. */
const ON_THE_WIRE = [
  "IKE_SA_INIT request",
  "IKE_SA_INIT response",
  "IKE_SA_INIT refused",
  "IKE_AUTH fragment",
  "clear delete",
  "main mode 1",
  "main mode 3",
  "main mode 5",
  "clear informational",
];

/** `count` IKE messages of all kinds, both versions, of 2,000 peers. */
export function writeIkeMix(path: string, count: number): void {
  const file = new CaptureFile(path);
  const samples = ON_THE_WIRE.map((name) => SAMPLES[name] ?? new Uint8Array(28));
  for (let index = 0; index < count; index++) {
    const sample = samples[index % samples.length] ?? new Uint8Array(28);
    const message = Uint8Array.from(sample);
    const peer = Math.floor(index / samples.length) % 2000;
    new DataView(message.buffer).setUint32(0, 0x1000_0000 + Math.floor(index / samples.length));
    const port = 500;
    const source = `10.${peer >> 8}.${peer & 255}.1`;
    file.add(
      NOON + index * 50,
      ethernet({
        payload: ipv4({
          source,
          destination: "192.0.2.1",
          identification: index & 0xffff,
          protocol: 17,
          payload: udp({ sourcePort: port, destinationPort: port, payload: message }),
        }),
      }),
    );
  }
  file.close();
}
