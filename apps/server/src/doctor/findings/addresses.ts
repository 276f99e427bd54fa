import type { FindingText } from '../finding.ts'

/** Where WeChat reaches the server, and where the server reaches WeChat. */
export const ADDRESS_FINDINGS = {
  public_url_shape: {
    zh: {
      what: '公网地址只能是协议和域名。',
      why: '通知地址由它拼成，微信拒绝带 ?、# 或空格的地址，超过 255 字节也不行。',
      mend: '写成 https://您的域名，不带路径、参数和 #。',
    },
    en: {
      what: 'The public address has to be scheme and domain, and nothing else.',
      why: 'The notify addresses are made of it; WeChat refuses ?, #, spaces and more than 255 bytes.',
      mend: 'Write https://your.domain, without a path, a query or a fragment.',
    },
  },
  public_url_without_tls: {
    zh: {
      what: '公网地址不是 https。',
      why: '小程序只能请求 https，微信的文档也要求通知地址用 https。',
      mend: '为域名配置证书，并写成 https://。',
    },
    en: {
      what: 'The public address is not https.',
      why: 'Mini-programs may call https only, and WeChat asks for it in notify addresses.',
      mend: 'Get a certificate for the domain and write https://.',
    },
  },
  public_url_local: {
    zh: {
      what: '微信无法访问这个地址。',
      why: '支付和退款通知都到不了；小程序也不能请求 IP 或本机地址。',
      mend: '使用公网可以访问、已备案的域名，不用 IP、localhost 或内网地址。',
    },
    en: {
      what: 'WeChat cannot reach this address.',
      why: 'No notification arrives, and mini-programs may call neither an IP nor a local host.',
      mend: 'Use a domain that is reachable from outside; no IP, no localhost, no private address.',
    },
  },
  public_url_port: {
    zh: {
      what: '通知地址的端口不被接受。',
      why: '微信的网关只接受 2 到 5 位数字的端口。',
      mend: '去掉端口，使用 443。',
    },
    en: {
      what: 'The port of the notify address is not accepted.',
      why: "WeChat's gateway takes ports of 2 to 5 digits only.",
      mend: 'Leave the port away and serve on 443.',
    },
  },
  hosts_mixed: {
    zh: {
      what: '一部分地址是真正的微信，一部分不是。',
      why: '模拟器的用户不能在真正的微信支付，反之亦然；真实密钥也会发给模拟器。',
      mend: '要么全部删除这些地址（使用微信），要么全部指向模拟器。',
    },
    en: {
      what: "Some addresses are WeChat's, and some are not.",
      why: 'Users of a simulator cannot pay at WeChat, nor the other way round; and a simulator would be told real secrets.',
      mend: 'Leave all of them away (that is WeChat), or let all of them be the simulator.',
    },
  },
  host_foreign: {
    zh: {
      what: '这台主机既不是微信，也不在本机或内网。',
      why: 'AppSecret 和签名会发给它；很可能是拼写错误。',
      mend: '删除这一项以使用微信，或检查主机名。',
    },
    en: {
      what: 'This host is neither WeChat nor near here.',
      why: 'It is told the app secret and signed requests; most likely it is a slip of the pen.',
      mend: 'Leave the setting away to speak to WeChat, or look at the name of the host.',
    },
  },
  host_without_tls: {
    zh: {
      what: '连接微信的地址不是 https。',
      why: 'AppSecret 会明文传输，应答可以被篡改。',
      mend: '写成 https://，或删除这一项。',
    },
    en: {
      what: 'An address of WeChat is not https.',
      why: 'The app secret would travel in the clear, and answers could be changed on the way.',
      mend: 'Write https://, or leave the setting away.',
    },
  },
  refund_host_without_tls: {
    zh: {
      what: 'API v2 退款的地址不是 https。',
      why: '只有 TLS 才能出示商户证书，所有退款都会失败。',
      mend: '将 WECHAT_PAY_MTLS_BASE_URL 设为 https 地址。',
    },
    en: {
      what: 'The address for refunds of API v2 is not https.',
      why: 'Only TLS can show the certificate of the merchant, so every refund fails.',
      mend: 'Set WECHAT_PAY_MTLS_BASE_URL to an address of https.',
    },
  },
  backup_host_same: {
    zh: {
      what: '备用地址与主地址相同。',
      why: '主机连不上时，备用地址也连不上。',
      mend: '填写 https://api2.mch.weixin.qq.com，或删除这一项。',
    },
    en: {
      what: 'The backup address is the address itself.',
      why: 'When the one cannot be reached, neither can the other.',
      mend: 'Put in https://api2.mch.weixin.qq.com, or leave the setting away.',
    },
  },
  extra_root: {
    zh: {
      what: '对真正的微信信任了额外的根证书。',
      why: '持有该根证书的人可以冒充微信；微信不需要它。',
      mend: '删除 WECHAT_PAY_CA_CERT。',
    },
    en: {
      what: 'One more root is trusted for the real WeChat.',
      why: 'Whoever holds that root can pretend to be WeChat, which needs no such root.',
      mend: 'Leave WECHAT_PAY_CA_CERT away.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
