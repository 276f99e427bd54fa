import type { FindingText } from '../finding.ts'

/** The keys that the merchant shares with WeChat. */
export const KEY_FINDINGS = {
  v2_key_missing: {
    zh: {
      what: '新订单走 API v2，但没有 v2 密钥。',
      why: '服务器无法启动，也无法下单。',
      mend: '填写商户平台「API安全」中设置的 APIv2 密钥，或将 WECHAT_PAY_CHANNEL 设为 v3。',
    },
    en: {
      what: 'New orders go by API v2, and there is no key for it.',
      why: 'The server does not start, and no order can be placed.',
      mend: 'Put in the APIv2 key set in the merchant console (API security), or set WECHAT_PAY_CHANNEL to v3.',
    },
  },
  v2_key_shape: {
    zh: {
      what: '这不是 APIv2 密钥。',
      why: '签名不会与微信的一致，所有调用都会失败。',
      mend: '密钥正好 32 位，只含字母和数字；检查是否多了空格或换行。',
    },
    en: {
      what: 'This is not an APIv2 key.',
      why: "No signature will agree with WeChat's, and every call fails.",
      mend: 'The key has exactly 32 letters and digits; look for a space or a line feed too many.',
    },
  },
  v3_key_missing: {
    zh: {
      what: '用到了 API v3，但没有 APIv3 密钥。',
      why: '没有它无法解密通知；未在商户平台设置时微信根本不发通知。',
      mend: '在商户平台「API安全」设置 APIv3 密钥，并填写到这里。',
    },
    en: {
      what: 'API v3 is in use, and there is no APIv3 key.',
      why: 'Without it no notification can be read; without one in the console WeChat sends none.',
      mend: 'Set an APIv3 key in the merchant console (API security) and put it in here.',
    },
  },
  v3_key_length: {
    zh: {
      what: 'APIv3 密钥不是 32 字节。',
      why: '任何通知和平台证书都无法解密。',
      mend: '填写在商户平台设置的、正好 32 字节的密钥；检查是否多了空格或换行。',
    },
    en: {
      what: 'The APIv3 key does not have 32 bytes.',
      why: 'No notification and no platform certificate can be decrypted.',
      mend: 'Put in the key of exactly 32 bytes that was set in the console; look for spaces and line feeds.',
    },
  },
  v3_key_shape: {
    zh: {
      what: 'APIv3 密钥含有字母和数字以外的字符。',
      why: '商户平台只接受字母和数字，所以这不是那里设置的密钥。',
      mend: '重新复制密钥；检查结尾的空格或换行。',
    },
    en: {
      what: 'The APIv3 key has something other than letters and digits in it.',
      why: 'The console takes only those, so this is not the key that was set there.',
      mend: 'Copy the key again; look for a space or a line feed at its end.',
    },
  },
  certificate_missing: {
    zh: {
      what: '没有商户 API 证书及其私钥。',
      why: 'API v3 的每个请求都用私钥签名；API v2 没有证书不能退款。',
      mend: '在商户平台「API安全」申请证书，填写 apiclient_cert.pem 和 apiclient_key.pem 的路径或内容。',
    },
    en: {
      what: 'The certificate of the merchant and its key are missing.',
      why: 'API v3 signs every request with the key; API v2 refunds nothing without the certificate.',
      mend: 'Apply for it in the merchant console (API security); put in apiclient_cert.pem and apiclient_key.pem, as paths or text.',
    },
  },
  certificate_unreadable: {
    zh: {
      what: '读不出商户证书。',
      why: '没有它服务器无法启动。',
      mend: '填写 apiclient_cert.pem 的路径，或以 -----BEGIN CERTIFICATE----- 开头的内容；检查文件权限。',
    },
    en: {
      what: 'The certificate of the merchant cannot be read.',
      why: 'The server does not start with it.',
      mend: 'Put in the path of apiclient_cert.pem, or its text from -----BEGIN CERTIFICATE----- on; check who may read the file.',
    },
  },
  private_key_unreadable: {
    zh: {
      what: '读不出商户私钥。',
      why: '没有它服务器无法启动。',
      mend: '填写 apiclient_key.pem 的路径，或以 -----BEGIN PRIVATE KEY----- 开头的内容，不带口令；检查文件权限。',
    },
    en: {
      what: 'The private key of the merchant cannot be read.',
      why: 'The server does not start with it.',
      mend: 'Put in the path of apiclient_key.pem, or its text from -----BEGIN PRIVATE KEY----- on, without a passphrase; check who may read the file.',
    },
  },
} as const satisfies Readonly<Record<string, FindingText>>
