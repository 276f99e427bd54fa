import { constants, publicEncrypt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unseal } from '@dashang/shared/signing/v3/resource'
import { readCertificate } from '@dashang/shared/signing/v3/keys'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import {
  createV3Inbox,
  createV3Merchant,
  fieldsOf,
  REFUNDS,
  refundBody,
  verdictOf,
  type V3Inbox,
  WITHIN,
} from './v3-merchant.ts'

let simulator: Simulator
let inbox: V3Inbox
let merchant: ReturnType<typeof createV3Merchant>
let openid: string

beforeEach(async () => {
  simulator = await startSimulator({ account: ACCOUNT })
  inbox = await createV3Inbox()
  merchant = createV3Merchant(simulator)
  openid = simulator.login('alice').openid
})
afterEach(async () => {
  await simulator.close()
  await inbox.close()
})

const place = (changes: object = {}) =>
  merchant.place({ payer: { openid }, notify_url: inbox.url, ...changes })
const query = (headers: Record<string, string | undefined> = {}) =>
  merchant.get(`/v3/pay/transactions/out-trade-no/order-0001?mchid=${ACCOUNT.mchid}`, { headers })
const without = { 'Wechatpay-Serial': undefined }

/** Whose signature each of so many notifications has. */
async function signersOf(count: number): Promise<string[]> {
  inbox.received.length = 0
  for (let n = 0; n < count; n += 1) {
    const out_trade_no = `turn-${String(n).padStart(4, '0')}-${crypto.randomUUID().slice(0, 8)}`
    await place({ out_trade_no })
    simulator.pay(out_trade_no)
  }
  await vi.waitFor(() => {
    expect(inbox.received).toHaveLength(count)
  }, WITHIN)
  for (const told of inbox.received) expect(verdictOf(simulator, told).kind).toBe('genuine')
  return inbox.received.map(({ headers }) => String(headers['wechatpay-serial']))
}

const control = async (path: string, body?: object) => {
  const response = await fetch(`${simulator.url}/_sim/keys${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, view: (await response.json()) as Record<string, unknown> }
}

describe('an answer', () => {
  beforeEach(() => place())

  it('is signed by the public key for who names it, else by the newest certificate', async () => {
    const { publicKeyId, platformSerial } = simulator.v3()
    expect(verdictOf(simulator, await query())).toMatchObject({ keyId: publicKeyId })
    const reply = await query(without)
    expect(verdictOf(simulator, reply)).toEqual({ kind: 'genuine', keyId: platformSerial })
    expect(reply.hint).toContain('named no Wechatpay-Serial')
  })

  it.each(['public_key', 'certificate', 'migration'] as const)(
    'to who names a wrong key lists those of the mode %s, and no other',
    async (mode) => {
      simulator.keys.setMode(mode)
      const { publicKeyId, platformSerial } = simulator.v3()
      const ids = {
        public_key: [publicKeyId],
        certificate: [platformSerial],
        migration: [publicKeyId, platformSerial],
      }
      const wrong = { public_key: platformSerial, certificate: publicKeyId, migration: 'F00D' }
      const { hint } = await query({ 'Wechatpay-Serial': wrong[mode] })
      expect(hint).toBe(
        `${wrong[mode]} is not one that the mode ${mode} takes: ${ids[mode].join(', ')}`,
      )
    },
  )

  it('is for the key of the mode alone', async () => {
    const { publicKeyId, platformSerial } = simulator.v3()
    const named = (id: string) => query({ 'Wechatpay-Serial': id })
    expect(await named(platformSerial)).toMatchObject({ status: 400 })
    simulator.keys.setMode('certificate')
    expect(await named(publicKeyId)).toMatchObject({ status: 400 })
    expect(verdictOf(simulator, await named(platformSerial))).toMatchObject({
      keyId: platformSerial,
    })
    simulator.keys.setMode('migration')
    expect(verdictOf(simulator, await named(publicKeyId))).toMatchObject({ keyId: publicKeyId })
  })

  it('is signed by the old public key as long as it is valid', async () => {
    const { publicKeyId: old } = simulator.v3()
    await simulator.keys.rotate('public_key')
    const named = { 'Wechatpay-Serial': old }
    expect(verdictOf(simulator, await query(named))).toMatchObject({ keyId: old })
    expect(simulator.keys.revoke(old)).toEqual({ isRevoked: true })
    const reply = await query(named)
    expect(fieldsOf(reply)).toMatchObject({
      code: 'PARAM_ERROR',
      message: '平台证书序列号Wechatpay-Serial错误',
    })
    expect(reply.hint).toContain(simulator.v3().publicKeyId)
  })
})

describe('notifications', () => {
  it.each(['public_key', 'certificate'] as const)(
    'are signed by the %s in its mode',
    async (mode) => {
      simulator.keys.setMode(mode)
      const { id } = simulator.keys.newest(mode)
      expect(new Set(await signersOf(3))).toEqual(new Set([id]))
    },
  )

  it('are signed by either while the merchant moves, in the share that was set', async () => {
    simulator.keys.setMode('migration')
    simulator.keys.setShares({ publicKeyPercent: 20 })
    const { publicKeyId, platformSerial } = simulator.v3()
    const signers = await signersOf(10)
    expect(signers.filter((id) => id === publicKeyId)).toHaveLength(2)
    expect(signers.filter((id) => id === platformSerial)).toHaveLength(8)
  })

  it('are signed by the key before as well after a rotation that overlaps', async () => {
    const { publicKeyId: old } = simulator.v3()
    await simulator.keys.rotate('public_key')
    const { publicKeyId: young } = simulator.v3()
    expect(young).not.toBe(old)
    expect(new Set(await signersOf(2))).toEqual(new Set([young]))
    simulator.keys.setShares({ overlapPercent: 50 })
    expect(new Set(await signersOf(4))).toEqual(new Set([young, old]))
    simulator.keys.revoke(old)
    expect(new Set(await signersOf(2))).toEqual(new Set([young]))
  })
})

describe('certificates', () => {
  beforeEach(() => {
    simulator.keys.setMode('certificate')
  })

  async function download() {
    const { data } = JSON.parse(
      (await merchant.get('/v3/certificates', { headers: without })).body,
    ) as {
      data: { serial_no: string; encrypt_certificate: Record<string, string> }[]
    }
    return data.map(({ serial_no, encrypt_certificate: sealed }) => {
      const { ciphertext = '', nonce = '', associated_data: associatedData = '' } = sealed
      const key = Buffer.from(ACCOUNT.v3Key)
      const pem = unseal({ ciphertext, nonce, associatedData }, key).toString()
      expect(readCertificate(pem).id).toBe(serial_no)
      return serial_no
    })
  }

  it('are all that are valid, the newest first', async () => {
    const { platformSerial: old } = simulator.v3()
    expect(await download()).toEqual([old])
    await simulator.keys.rotate('certificate')
    const { platformSerial: young } = simulator.v3()
    expect(await download()).toEqual([young, old])
    simulator.keys.revoke(old)
    expect(await download()).toEqual([young])
  })
})

describe('/_sim/keys', () => {
  it('tells of the keys, and of no private one', async () => {
    const { status, view } = await control('')
    expect(status).toBe(200)
    expect(view).toMatchObject({ mode: 'public_key', publicKeyPercent: 100, overlapPercent: 0 })
    expect(view['merchant']).toMatchObject({ serial: simulator.v3().merchantSerial })
    const text = JSON.stringify(view)
    expect(text).toContain(simulator.v3().publicKeyId)
    expect(text).not.toContain('PRIVATE')
    expect(text).not.toContain(ACCOUNT.v3Key)
  })

  it('rotates, changes the mode and revokes', async () => {
    const { publicKeyId: old } = simulator.v3()
    expect(await control('/rotate', { kind: 'public_key', overlapPercent: 10 })).toMatchObject({
      view: { overlapPercent: 10 },
    })
    expect(simulator.v3().publicKeyId).not.toBe(old)
    expect(await control('/mode', { mode: 'migration', publicKeyPercent: 5 })).toMatchObject({
      view: { mode: 'migration', publicKeyPercent: 5 },
    })
    expect(await control(`/${old}/revoke`, {})).toMatchObject({ status: 200 })
    expect(simulator.keys.find(old)).toBeUndefined()
    expect(await control(`/${simulator.v3().publicKeyId}/revoke`, {})).toMatchObject({
      status: 409,
    })
    expect(await control('/rotate', { kind: 'both' })).toMatchObject({ status: 400 })
  })

  it('is as it was after a reset', async () => {
    const { publicKeyId } = simulator.v3()
    await simulator.keys.rotate('public_key')
    simulator.keys.setMode('migration')
    await fetch(`${simulator.url}/_sim/reset`, { method: 'POST' })
    expect(simulator.v3().publicKeyId).toBe(publicKeyId)
    expect(simulator.keys.mode()).toBe('public_key')
  })
})

it('knows its rotated keys again after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulator-keys-'))
  const options = { account: ACCOUNT, stateFile: join(folder, 'state') }
  const first = await startSimulator(options)
  await first.keys.rotate('public_key')
  const ids = first.keys.list().map(({ id }) => id)
  await first.close()
  const second = await startSimulator(options)
  expect(second.keys.list().map(({ id }) => id)).toEqual(ids)
  await second.close()
  await rm(folder, { recursive: true, force: true })
})

describe('an abnormal refund', () => {
  const encrypted = (text: string, id = simulator.v3().publicKeyId) => {
    const key = simulator.keys.list().find((known) => known.id === id)?.key
    if (key === undefined) throw new Error('no such key')
    const options = { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }
    return publicEncrypt(options, Buffer.from(text)).toString('base64')
  }
  const target = () =>
    `${REFUNDS}/${simulator.refund('refund-0001')?.refundId ?? ''}/apply-abnormal-refund`
  const card = () => ({
    out_refund_no: 'refund-0001',
    type: 'USER_BANK_CARD',
    bank_type: 'ICBC_DEBIT',
    bank_account: encrypted('6222020000000000000'),
    real_name: encrypted('张三'),
  })

  beforeEach(async () => {
    await place()
    simulator.pay('order-0001')
    await merchant.post(REFUNDS, refundBody())
  })

  it('goes to another account, which was encrypted with the key that was named', async () => {
    simulator.settleRefund('refund-0001', 'CHANGE')
    const reply = await merchant.post(target(), card())
    expect(fieldsOf(reply)).toMatchObject({ status: 'PROCESSING', out_refund_no: 'refund-0001' })
    await simulator.clock.advance(3000)
    expect(simulator.refund('refund-0001')?.status).toBe('SUCCESS')
  })

  it('goes to the card of the merchant without any secret', async () => {
    simulator.settleRefund('refund-0001', 'CHANGE')
    const body = { out_refund_no: 'refund-0001', type: 'MERCHANT_BANK_CARD' }
    expect(await merchant.post(target(), body)).toMatchObject({ status: 200 })
  })

  it('is refused where nothing is abnormal, nothing is encrypted or with another key', async () => {
    expect(fieldsOf(await merchant.post(target(), card()))['message']).toContain('退款单状态')
    simulator.settleRefund('refund-0001', 'CHANGE')
    const plain = await merchant.post(target(), { ...card(), real_name: '张三' })
    expect(fieldsOf(plain)['message']).toBe('平台私钥解密失败')
    const other = { ...card(), real_name: encrypted('张三', simulator.v3().platformSerial) }
    expect(fieldsOf(await merchant.post(target(), other))['message']).toBe('平台私钥解密失败')
    const nameless = await merchant.post(target(), card(), { headers: without })
    expect(fieldsOf(nameless)['message']).toContain('缺少微信支付平台证书序列号')
    const missing = await merchant.post(target(), { ...card(), bank_account: undefined })
    expect(fieldsOf(missing)['message']).toContain('/body/bank_account')
    const tooLong = await merchant.post(target(), {
      ...card(),
      bank_account: encrypted('1'.repeat(65)),
    })
    expect(fieldsOf(tooLong)['message']).toContain('大于最大值 64')
    const another = await merchant.post(target(), { ...card(), out_refund_no: 'refund-0002' })
    expect(another).toMatchObject({ status: 404 })
  })
})
