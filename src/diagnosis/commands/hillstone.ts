import type { Product } from "./product.js";

/** Hillstone StoneOS. */
export const HILLSTONE: Product = {
  name: "Hillstone StoneOS",
  id: "hillstone",
  alsoCalled: ["stoneos", "山石"],
  implementations: [],
  commands: {
    load: ["show cpu detail"],
  },
};
