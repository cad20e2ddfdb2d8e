import type { Product } from "./product.js";

/** Cloud VPN of Google Cloud. */
export const GOOGLE_CLOUD: Product = {
  name: "Google Cloud VPN",
  id: "google-cloud",
  alsoCalled: ["gcp", "google"],
  implementations: [],
  commands: {
    log: ["gcloud logging read 'resource.type=\"vpn_gateway\"'"],
    status: ["gcloud compute vpn-tunnels describe NAME"],
  },
};
