// Places an order by API v3 and asks for it, with Node alone. Settings: README.md beside this file.
import { createSign, createVerify, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

const { KEYS, APPID, MCHID, MERCHANT_SERIAL, PUBLIC_KEY_ID, OPENID, OUT_TRADE_NO } = process.env
const merchantKey = readFileSync(`${KEYS}/merchant-key.pem`)
const wechatKey = readFileSync(`${KEYS}/pub_key.pem`)
const MAX_SKEW_SECONDS = 300
const now = () => Math.floor(Date.now() / 1000)

/** The answer to one request, believed only with a signature of WeChat's. */
async function call(method, path, content) {
  const body = content === undefined ? '' : JSON.stringify(content)
  const [stamp, nonce] = [now(), randomBytes(16).toString('hex')]
  const text = [method, path, stamp, nonce, body, ''].join('\n')
  const signature = createSign('RSA-SHA256').update(text).sign(merchantKey, 'base64')
  const response = await fetch(`https://api.mch.weixin.qq.com${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      'User-Agent': 'example',
      'Wechatpay-Serial': PUBLIC_KEY_ID,
      Authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${MCHID}",nonce_str="${nonce}",signature="${signature}",timestamp="${stamp}",serial_no="${MERCHANT_SERIAL}"`,
      ...(body && { 'Content-Type': 'application/json' }),
    },
    ...(body && { body }),
  })
  const answer = await response.text()
  const said = (name) => response.headers.get(`Wechatpay-${name}`) ?? ''
  const signed = createVerify('RSA-SHA256').update(
    `${said('Timestamp')}\n${said('Nonce')}\n${answer}\n`,
  )
  const isFresh = Math.abs(now() - Number(said('Timestamp'))) <= MAX_SKEW_SECONDS
  const isKnown = said('Serial') === PUBLIC_KEY_ID
  if (!isFresh || !isKnown || !signed.verify(wechatKey, said('Signature'), 'base64')) {
    throw new Error(`not signed by WeChat: ${answer}`)
  }
  return JSON.parse(answer)
}

const placed = await call('POST', '/v3/pay/transactions/jsapi', {
  appid: APPID,
  mchid: MCHID,
  description: '打赏',
  out_trade_no: OUT_TRADE_NO,
  notify_url: 'https://merchant.example/notify',
  amount: { total: 500, currency: 'CNY' },
  payer: { openid: OPENID },
})
console.log(`prepay_id=${placed.prepay_id}`)
const asked = await call('GET', `/v3/pay/transactions/out-trade-no/${OUT_TRADE_NO}?mchid=${MCHID}`)
console.log(`trade_state=${asked.trade_state}`)
