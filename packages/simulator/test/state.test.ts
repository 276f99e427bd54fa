import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { ACCOUNT } from './account.ts'
import { createInbox, createMerchant, orderFields, refundFields } from './merchant.ts'

let folder: string
let stateFile: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulator-state-'))
  stateFile = join(folder, 'state')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const start = () => startSimulator({ account: ACCOUNT, stateFile })

it('knows its orders again after a restart, and tells what it had not told yet', async () => {
  const inbox = await createInbox()
  const first = await start()
  const { openid } = first.login('alice')
  const fields = orderFields(openid, { notify_url: inbox.url })
  const { prepay_id } = (await createMerchant(first).send('unifiedorder', fields)).fields
  first.faults.add({ on: 'notification', fault: 'drop', times: 1 })
  first.pay('order-0001')
  await vi.waitFor(() => {
    expect(first.platform.notifications[0]?.attempts).toHaveLength(1)
  })
  await first.close()

  const second = await start()
  expect(second.order('order-0001')).toEqual(first.order('order-0001'))
  expect(second.platform.prepayIds.has(prepay_id ?? '')).toBe(true)
  await second.clock.advance(15_000)
  expect(inbox.received).toHaveLength(1)
  await second.close()
  await inbox.close()
})

it('knows its refunds again, and settles what was not settled yet', async () => {
  const first = await start()
  const merchant = createMerchant(first)
  await merchant.send('unifiedorder', orderFields(first.login('alice').openid))
  first.faults.add({ on: 'notification', fault: 'drop' })
  first.pay('order-0001')
  await merchant.refund(refundFields())
  await first.close()

  const second = await start()
  expect(second.refund('refund-0001')?.status).toBe('PROCESSING')
  expect(second.order('order-0001')).toEqual(first.order('order-0001'))
  const [transaction] = second.order('order-0001')?.transactions ?? []
  expect(transaction?.refunds[0]).toBe(second.refund('refund-0001'))
  await second.clock.advance(3000)
  expect(second.refund('refund-0001')?.status).toBe('SUCCESS')
  await second.close()
})

it('starts empty when the file is missing', async () => {
  const first = await start()
  expect(first.platform.orders.size).toBe(0)
  await first.close()
})

it.each([
  ['a text', 'the only copy of my notes', 'is no state of the simulator'],
  ['nothing', '', 'is no state of the simulator'],
  ['something else that Node wrote', serialize(['order']), 'is no state of the simulator'],
  ['nothing, as Node writes it', serialize(null), 'is no state of the simulator'],
  ['a state of an earlier version', serialize({ shape: 1 }), 'is of another version'],
])('does not start from %s, and leaves the file alone', async (_, content, reason) => {
  await writeFile(stateFile, content)
  await expect(start()).rejects.toThrow(`${stateFile} ${reason}`)
  await expect(start()).rejects.toThrow('name another file, or delete this one')
  expect(await readFile(stateFile)).toEqual(Buffer.from(content))
})

it('writes the file at once when asked to, and says which', async () => {
  const running = await start()
  const { openid } = running.login('alice')
  await createMerchant(running).send('unifiedorder', orderFields(openid))
  const saved = await fetch(`${running.url}/_sim/save`, { method: 'POST' })
  expect(await saved.json()).toEqual({ file: stateFile })
  const state = await (await fetch(`${running.url}/_sim/state`)).json()
  expect(state).toMatchObject({ stateFile })
  // What comes later is not in it, and the first process is still there.
  running.login('bob')
  const copy = join(folder, 'copy')
  await copyFile(stateFile, copy)
  const second = await startSimulator({ account: ACCOUNT, stateFile: copy })
  expect(second.order('order-0001')).toEqual(running.order('order-0001'))
  expect([...second.platform.userNames.values()]).toEqual(['alice'])
  await second.close()
  await running.close()
})

it('numbers calls on from where it was', async () => {
  const first = await start()
  const place = (running: Simulator) =>
    createMerchant(running).send('unifiedorder', orderFields(running.login('alice').openid))
  await place(first)
  await first.close()
  const second = await start()
  await place(second)
  expect(second.platform.calls.map(({ id }) => id)).toEqual([1, 2])
  await second.close()
})

const DAY_MS = 24 * 60 * 60 * 1000

it('goes on with the clock of before, so that nothing that was lies ahead', async () => {
  const first = await start()
  const merchant = createMerchant(first)
  await merchant.send('unifiedorder', orderFields(first.login('alice').openid))
  await first.clock.advance(DAY_MS)
  first.faults.add({ on: 'notification', fault: 'drop' })
  first.pay('order-0001')
  await merchant.refund(refundFields({ refund_fee: '1' }))
  await first.clock.advance(2 * 60_000)
  const saved = first.clock.now().getTime()
  await first.close()

  const second = await start()
  expect(second.clock.now().getTime()).toBeGreaterThanOrEqual(saved)
  expect(second.clock.now().getTime()).toBeLessThan(saved + 60_000)
  const again = refundFields({ out_refund_no: 'refund-0002', refund_fee: '1' })
  const { fields } = await createMerchant(second).refund(again)
  expect(fields).toMatchObject({ result_code: 'SUCCESS' })
  await second.close()
})

it('lets a clock that runs run on while nobody looks, and one that stands stand', async () => {
  const startAt = new Date('2026-01-31T09:00:00+08:00')
  const first = await startSimulator({ account: ACCOUNT, stateFile, startAt })
  vi.useFakeTimers({ toFake: ['Date'] })
  await first.close()
  vi.setSystemTime(Date.now() + DAY_MS)
  const second = await start()
  const ranMs = second.clock.now().getTime() - startAt.getTime()
  vi.useRealTimers()
  expect(ranMs).toBeGreaterThanOrEqual(DAY_MS)
  expect(ranMs).toBeLessThan(DAY_MS + 60_000)
  await second.close()

  const standing = { account: ACCOUNT, stateFile, clock: 'stands' } as const
  const third = await startSimulator({ ...standing, startAt })
  await third.clock.advance(1000)
  await third.close()
  const fourth = await startSimulator(standing)
  expect(fourth.clock.now()).toEqual(new Date(startAt.getTime() + 1000))
  await fourth.close()
})

it('starts where it is told to, whatever the clock of before said', async () => {
  const first = await start()
  await first.clock.advance(DAY_MS)
  await first.close()
  const startAt = new Date('2026-01-31T09:00:00+08:00')
  const second = await startSimulator({ account: ACCOUNT, stateFile, startAt })
  expect(second.clock.now().getTime() - startAt.getTime()).toBeLessThan(60_000)
  await second.close()
})

it('knows which keys the merchant has, how they share the work, and whose turn it is', async () => {
  const account = ACCOUNT
  const first = await start()
  first.keys.setMode('migration')
  first.keys.setShares({ publicKeyPercent: 60, overlapPercent: 30 })
  const kinds = (running: Simulator) => running.keys.forNotification().kind
  expect([1, 2].map(() => kinds(first))).toEqual(['certificate', 'public_key'])
  await first.close()

  const second = await start()
  expect(second.keys.mode()).toBe('migration')
  expect(second.keys.shares()).toEqual({ publicKeyPercent: 60, overlapPercent: 30 })
  // Of 60 in a hundred the third is due again, and would not be for who counts anew.
  expect([3, 4, 5].map(() => kinds(second))).toEqual(['certificate', 'public_key', 'public_key'])
  await second.close()
  const third = await startSimulator({ account, stateFile, keyMode: 'certificate' })
  expect(third.keys.mode()).toBe('certificate')
  await third.close()
})

it('knows its fault rules and how often they struck, and gives no id twice', async () => {
  const first = await start()
  first.faults.add({ on: 'orderquery', fault: 'cut', times: 3 })
  first.faults.remove(first.faults.add({ on: 'refund', fault: 'cut' }))
  first.faults.take('orderquery')
  const rules = first.faults.list()
  await first.close()

  const second = await start()
  expect(second.faults.list()).toEqual(rules)
  expect(second.faults.list()).toMatchObject([{ fired: 1, left: 2 }])
  expect(second.faults.add({ on: 'refund', fault: 'cut' })).toBe('rule-3')
  await second.close()
})
