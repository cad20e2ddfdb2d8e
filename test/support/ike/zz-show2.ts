import { SAMPLES } from "./samples.js";
import { decodeIke } from "../../../src/ike/decode.js";
import { summarizePayload, describePayload } from "../../../src/ike/describe/payload.js";
import { payloadName } from "../../../src/ike/registries/payload-types.js";
for (const [n, b] of Object.entries(SAMPLES)) {
  if (process.argv[2] && !n.includes(process.argv[2])) continue;
  const r = decodeIke(b);
  if (!r.ok) continue;
  const v = r.message.header.majorVersion === 1 ? 1 : 2;
  console.log("##", n, r.message.payloads.map((p) => summarizePayload(p, v)).join("\n     "));
  for (const p of r.message.payloads) {
    console.log(payloadName(v, p.type));
    print(describePayload(p, v), 2);
  }
}
function print(fs: any, n: number) {
  for (const f of fs) {
    console.log(" ".repeat(n) + `${f.name}: ${f.value} [${f.offset}+${f.length}]`);
    if (f.children) print(f.children, n + 2);
  }
}
