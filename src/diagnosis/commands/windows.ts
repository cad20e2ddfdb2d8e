import type { Product } from "./product.js";

/** Windows clients and servers, by PowerShell. */
export const WINDOWS: Product = {
  name: "Windows",
  id: "windows",
  implementations: ["Microsoft Windows"],
  captureForm: "pcapng",
  commands: {
    status: ["Get-NetIPsecMainModeSA", "Get-NetIPsecQuickModeSA"],
    log: ["Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName='RasClient'}"],
    listen: ["Get-Service IKEEXT", "Get-NetUDPEndpoint -LocalPort 500,4500"],
    capture: [
      "pktmon start --capture --pkt-size 0 --file-name vpn.etl",
      "pktmon stop",
      "pktmon etl2pcap vpn.etl --out vpn.pcapng",
    ],
    route: ["Find-NetRoute -RemoteIPAddress PEER", "Test-NetConnection PEER -TraceRoute"],
    clock: ["w32tm /query /status"],
    aaa: ["Get-WinEvent -FilterHashtable @{LogName='Security'; Id=6273}"],
    proposals: [
      "Set-VpnConnectionIPsecConfiguration -ConnectionName NAME -EncryptionMethod AES256 -IntegrityCheckMethod SHA384 -DHGroup ECP384 -CipherTransformConstants GCMAES256 -AuthenticationTransformConstants GCMAES256 -PfsGroup ECP384 -Force",
    ],
    child: ["Add-VpnConnectionRoute -ConnectionName NAME -DestinationPrefix 10.2.0.0/24"],
    version: ["Set-VpnConnection -Name NAME -TunnelType Ikev2"],
    credentials: [
      "Get-VpnConnection -Name NAME",
      "Get-ChildItem Cert:\\LocalMachine\\My",
      "Get-ChildItem Cert:\\LocalMachine\\Root",
    ],
    firewall: [
      "New-NetFirewallRule -DisplayName 'IKE and NAT-T' -Direction Inbound -Protocol UDP -LocalPort 500,4500 -Action Allow",
    ],
    fragmentation: [
      "New-ItemProperty -Path HKLM:\\SYSTEM\\CurrentControlSet\\Services\\RemoteAccess\\Parameters\\Ikev2 -Name EnableServerFragmentation -PropertyType DWORD -Value 1 -Force",
    ],
    mss: ["netsh interface ipv4 set subinterface NAME mtu=MTU store=persistent"],
    natTraversal: [
      "reg add HKLM\\SYSTEM\\CurrentControlSet\\Services\\PolicyAgent /v AssumeUDPEncapsulationContextOnSendRule /t REG_DWORD /d 2",
    ],
    restart: ["rasdial NAME /disconnect", "rasdial NAME"],
    lifetimes: ["Set-VpnServerConfiguration -MMSALifeTimeSeconds 28800 -SALifeTimeSeconds 3600"],
  },
};
