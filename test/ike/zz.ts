import { decodeIke } from "/work/main/src/ike/decode.ts";
import { SAMPLES } from "/work/main/test/support/ike/samples.ts";
const mix = Object.values(SAMPLES);
for (const [name, list] of [["mix", mix], ...Object.entries(SAMPLES).map(([k,v])=>[k,[v]])] as any) {
  for (let r=0;r<2;r++){ const t=performance.now(); const N=200000; let s=0; for (let i=0;i<N;i++){ const d=decodeIke(list[i%list.length]); if (d.ok) s+=d.message.payloads.length; } const dt=performance.now()-t; if (r) console.log(name, Math.round(N/dt*1000), "msg/s", s>0); }
}
