import type { Product } from "./product.js";

/** SonicWall, SonicOS. */
export const SONICWALL: Product = {
  name: "SonicWall",
  id: "sonicwall",
  alsoCalled: ["sonicos"],
  implementations: ["SonicWall"],
  captureForm: "pcap",
  commands: {
    capture: ["System > Packet Monitor"],
  },
};
