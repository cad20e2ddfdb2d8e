import type { Product } from "./product.js";

/** VPN Gateway of Microsoft Azure. */
export const AZURE: Product = {
  name: "Azure VPN Gateway",
  id: "azure",
  implementations: [],
  captureForm: "pcap",
  commands: {
    status: ['Log Analytics: AzureDiagnostics | where Category == "TunnelDiagnosticLog"'],
    log: [
      'Log Analytics: AzureDiagnostics | where Category == "IKEDiagnosticLog"',
      "VPN gateway > Monitor > Diagnostics settings",
    ],
    capture: ["VPN gateway > Packet capture > Start packet capture"],
    proposals: ["New-AzIpsecPolicy -IkeEncryption AES256 -IkeIntegrity SHA384 -DhGroup DHGroup24"],
    child: ["New-AzIpsecPolicy -IpsecEncryption AES256 -IpsecIntegrity SHA256 -PfsGroup None"],
    lifetimes: ["New-AzIpsecPolicy -SALifeTimeSeconds 14400 -SADataSizeKilobytes 102400000"],
    restart: ["Reset-AzVirtualNetworkGatewayConnection"],
  },
};
