import { signed, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { Simulator } from '@dashang/simulator'

/** Somebody's server beside the simulator, which signs as it should unless told otherwise. */
export function createMerchant({ url, account }: Simulator) {
  async function post(api: string, fields: Fields): Promise<Fields> {
    const response = await fetch(`${url}/pay/${api}`, { method: 'POST', body: writeXml(fields) })
    return parseXml(await response.text())
  }
  const common = () => ({
    appid: account.appid,
    mch_id: account.mchid,
    nonce_str: crypto.randomUUID().replaceAll('-', ''),
    sign_type: 'MD5',
  })
  const sign = (fields: Fields) =>
    signed({ ...common(), ...fields }, { key: account.v2Key, signType: 'MD5' })

  return {
    post,
    sign,
    send: (api: string, fields: Fields) => post(api, sign(fields)),
    order: (openid: string, changes: Fields = {}) =>
      post('unifiedorder', sign({ ...orderOf(openid), ...changes })),
  }
}

/** ¥5.00 of this user, told to nobody's address unless changed. */
export function orderOf(openid: string): Fields {
  return {
    body: '打赏',
    out_trade_no: 'order-0001',
    total_fee: '500',
    spbill_create_ip: '127.0.0.1',
    notify_url: 'http://127.0.0.1:9/notify',
    trade_type: 'JSAPI',
    openid,
  }
}
