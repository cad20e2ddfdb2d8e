import type { Procedure } from "./procedure.js";

/** What both peers have to be told alike. */
export const AGREEMENT = {
  proposals: {
    title: "Proposals of the IKE SA",
    commands: {
      strongSwan: ["proposals = aes256gcm16-prfsha384-ecp384", "swanctl --list-algs"],
      Libreswan: ["ike=aes_gcm256-sha2_384-dh20", "ipsec algparse -v ike=aes_gcm256-sha2_384-dh20"],
      Windows: [
        "Set-VpnConnectionIPsecConfiguration -ConnectionName NAME -EncryptionMethod AES256 -IntegrityCheckMethod SHA384 -DHGroup ECP384 -CipherTransformConstants GCMAES256 -AuthenticationTransformConstants GCMAES256 -PfsGroup ECP384 -Force",
      ],
      "Cisco IOS": [
        "show crypto ikev2 proposal",
        "crypto ikev2 proposal NAME",
        "encryption aes-gcm-256",
        "prf sha384",
        "group 20",
      ],
      "Cisco ASA": [
        "show running-config crypto ikev2",
        "crypto ikev2 policy 10",
        "encryption aes-gcm-256",
        "integrity null",
        "prf sha384",
        "group 20",
      ],
      FortiGate: ["config vpn ipsec phase1-interface", "set proposal aes256gcm-prfsha384", "set dhgrp 20"],
    },
  },
  child: {
    title: "Proposals and selectors of the Child SA",
    commands: {
      strongSwan: ["esp_proposals = aes256gcm16-ecp384", "local_ts = 10.1.0.0/24", "remote_ts = 10.2.0.0/24"],
      Libreswan: ["esp=aes_gcm256", "pfs=yes", "leftsubnet=10.1.0.0/24", "rightsubnet=10.2.0.0/24"],
      Windows: ["Add-VpnConnectionRoute -ConnectionName NAME -DestinationPrefix 10.2.0.0/24"],
      "Cisco IOS": ["show crypto map", "set transform-set NAME", "set pfs group20"],
      "Cisco ASA": ["show running-config crypto map", "crypto map NAME 10 set pfs group20"],
      FortiGate: [
        "config vpn ipsec phase2-interface",
        "set proposal aes256gcm",
        "set pfs enable",
        "set dhgrp 20",
        "set src-subnet 10.1.0.0 255.255.255.0",
        "set dst-subnet 10.2.0.0 255.255.255.0",
      ],
    },
  },
  version: {
    title: "IKE version and mode",
    commands: {
      strongSwan: ["version = 2", "aggressive = no"],
      Libreswan: ["ikev2=yes", "aggressive=no"],
      Windows: ["Set-VpnConnection -Name NAME -TunnelType Ikev2"],
      "Cisco ASA": ["crypto map NAME 10 set ikev1 phase1-mode main"],
      FortiGate: ["set ike-version 2", "set mode main"],
    },
  },
  extensions: {
    title: "Switch extensions off for one peer",
    commands: {
      strongSwan: ["ppk_required = no", "charon.follow_redirects = no"],
      Libreswan: ["ppk=no", "intermediate=no", "accept-redirect=no"],
    },
  },
  ppk: {
    title: "Post-quantum pre-shared key",
    commands: {
      strongSwan: ["ppk_id = NAME", "ppk_required = no"],
      Libreswan: ["ppk=propose", "ppk=insist"],
    },
  },
  credentials: {
    title: "Identities, keys and certificates",
    commands: {
      strongSwan: ["swanctl --list-conns", "swanctl --list-certs", "swanctl --load-creds"],
      Libreswan: ["leftid=@NAME", "rightid=@PEER", "ipsec whack --listcerts", "ipsec whack --rereadsecrets"],
      Windows: [
        "Get-VpnConnection -Name NAME",
        String.raw`Get-ChildItem Cert:\LocalMachine\My`,
        String.raw`Get-ChildItem Cert:\LocalMachine\Root`,
      ],
      "Cisco IOS": ["show crypto ikev2 profile", "show crypto pki certificates"],
      "Cisco ASA": ["show running-config tunnel-group", "show crypto ca certificates"],
      FortiGate: ["show vpn ipsec phase1-interface"],
    },
  },
  login: {
    title: "EAP and XAUTH",
    commands: {
      strongSwan: ["auth = eap-radius", "auth = xauth", "charon.plugins.eap-tls.fragment_size = 512"],
      Libreswan: ["rightxauthclient=yes", "leftxauthserver=yes"],
    },
  },
  uniqueness: {
    title: "One identity, several clients",
    commands: {
      strongSwan: ["unique = never"],
      Libreswan: ["uniqueids=no"],
    },
  },
} as const satisfies Record<string, Procedure>;
