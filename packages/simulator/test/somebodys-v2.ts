import { decryptRefundNotice } from '@dashang/shared/signing/refund-notice'
import { isSignedBy, sign, type Fields } from '@dashang/shared/signing/v2'
import { parseXml, writeXml } from '@dashang/shared/signing/xml'
import type { Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createMerchant, orderFields } from './merchant.ts'
import { HangUp, Shrug, type Dialect, type OrderToPlace } from './somebodys-dialect.ts'
import type { Flaw } from './somebodys-flaws.ts'

const SIGN_TYPE = 'HMAC-SHA256'

/** XML with a keyed digest, right but for the flaws. */
export function speakV2(
  simulator: Pick<Simulator, 'url' | 'tlsUrl' | 'certificates'>,
  flaws: readonly Flaw[],
): Dialect {
  const has = (flaw: Flaw) => flaws.includes(flaw)
  const merchant = createMerchant(simulator, SIGN_TYPE)

  async function place({ outTradeNo, amount, openid, notifyUrl }: OrderToPlace) {
    const changes = { out_trade_no: outTradeNo, total_fee: amount, notify_url: notifyUrl }
    const { fields } = await merchant.send('unifiedorder', orderFields(openid, changes))
    const parameters = {
      timeStamp: '1700000000',
      nonceStr: 'nonce',
      package: `prepay_id=${fields['prepay_id'] ?? ''}`,
      signType: SIGN_TYPE,
    }
    const signType = has('signs wrongly for the cashier') ? 'MD5' : SIGN_TYPE
    const paySign = sign({ appId: ACCOUNT.appid, ...parameters }, { key: ACCOUNT.v2Key, signType })
    return { ...parameters, paySign }
  }

  function read(body: string): Fields {
    if (!has('reads by pattern')) return parseXml(body)
    const found = body.matchAll(/<(\w+)>(?:<!\[CDATA\[)?([^<\]]*)/g)
    return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, value]))
  }

  async function meetEntities(body: string): Promise<void> {
    if (has('fetches entities')) {
      for (const [, address = ''] of body.matchAll(/SYSTEM "([^"]+)"/g)) await fetch(address)
    }
    if (has('falls over entities') && body.includes('<!ENTITY f')) throw new HangUp()
  }

  function isAuthentic(fields: Fields): boolean {
    if (has('checks no signature')) return true
    if (has('checks a signature if there is one') && !fields['sign']) return true
    return isSignedBy(fields, { key: ACCOUNT.v2Key, signType: SIGN_TYPE })
  }

  return {
    place,
    async isPaid(outTradeNo) {
      const { fields } = await merchant.send('orderquery', { out_trade_no: outTradeNo })
      return fields['trade_state'] === 'SUCCESS'
    },
    async close(outTradeNo) {
      await merchant.send('closeorder', { out_trade_no: outTradeNo })
    },
    async readPayment({ headers, body }) {
      await meetEntities(body)
      const isJson = has('takes any content type') && headers['content-type']?.includes('json')
      const fields = isJson ? (JSON.parse(body) as { xml: Fields }).xml : read(body)
      if (!isJson && !isAuthentic(fields)) throw new Error('not authentic')
      return {
        outTradeNo: fields['out_trade_no'] ?? '',
        transactionId: fields['transaction_id'] ?? '',
        appid: fields['appid'] ?? '',
        mchid: fields['mch_id'] ?? '',
        openid: fields['openid'] ?? '',
        currency: fields['fee_type'] ?? '',
        amount: fields['total_fee'] ?? '',
        isPaid: fields['result_code'] === 'SUCCESS',
        paidOn: (fields['time_end'] ?? '').replace(/^(....)(..)(..).*$/, '$1-$2-$3'),
      }
    },
    async refund({ outTradeNo, outRefundNo, amount, total, notifyUrl }) {
      const { fields } = await merchant.refund({
        out_trade_no: outTradeNo,
        out_refund_no: outRefundNo,
        refund_fee: amount,
        total_fee: total,
        ...(notifyUrl !== null && { notify_url: notifyUrl }),
      })
      if (fields['result_code'] !== 'SUCCESS') throw new Error('WeChat refuses')
    },
    async isRefunded(outRefundNo) {
      const { fields } = await merchant.send('refundquery', { out_refund_no: outRefundNo })
      return fields['refund_status_0'] === 'SUCCESS'
    },
    async readRefund({ headers, body }) {
      await meetEntities(body)
      if (has('takes any content type') && headers['content-type']?.includes('json'))
        throw new Shrug()
      const outer = parseXml(body)
      const inner = openNotice(outer['req_info'] ?? '', has)
      return {
        outRefundNo: inner['out_refund_no'] ?? '',
        mchid: outer['mch_id'] ?? '',
        amount: inner['refund_fee'] ?? '',
        isRefunded: inner['refund_status'] === 'SUCCESS',
      }
    },
    async bill(day) {
      const asked = { bill_date: day.replaceAll('-', ''), bill_type: 'ALL' }
      const body = merchant.xmlOf(asked)
      const response = await fetch(`${simulator.url}/pay/downloadbill`, { method: 'POST', body })
      const text = await response.text()
      if (!text.startsWith('<xml>')) return text
      const isEmpty = parseXml(text)['return_msg'] === 'No Bill Exist'
      if (isEmpty || has('takes a bill that is late for an empty one')) return null
      throw new Error('no bill')
    },
    success: {
      status: 200,
      body: has('acknowledges in words of its own')
        ? 'SUCCESS'
        : writeXml({ return_code: 'SUCCESS', return_msg: 'OK' }),
    },
    failure: { status: 400, body: writeXml({ return_code: 'FAIL', return_msg: 'no' }) },
  }
}

function openNotice(reqInfo: string, has: (flaw: Flaw) => boolean): Fields {
  try {
    return decryptRefundNotice(reqInfo, ACCOUNT.v2Key)
  } catch (error) {
    throw has('acknowledges what it cannot open') ? new Shrug() : error
  }
}
