import { captureFiles, readMessages } from "/work/main/test/support/ike/corpus.js";
import { decodeIke } from "/work/main/src/ike/decode.js";
import { summarizePayload, describePayload } from "/work/main/src/ike/describe/payload.js";
const want = process.argv[2];
for (const f of captureFiles()) { if (want && !f.includes(want)) continue;
 for (const m of await readMessages(f)) { const r = decodeIke(m.bytes); if(!r.ok) continue; const v = r.message.header.majorVersion===1?1:2;
  console.log(f.split("/").pop(), m.frame, r.message.header.exchangeType, r.message.payloads.map(p=>summarizePayload(p,v)).join(" "), r.message.problem?"PROBLEM":"");
  if (process.argv[3]) for (const p of r.message.payloads) print(describePayload(p,v),2);
 }}
function print(fs: any, n: number) { for (const f of fs) { console.log(" ".repeat(n)+`${f.name}: ${f.value} [${f.offset}+${f.length}]`); if (f.children) print(f.children,n+2);} }
