import { Type } from 'typebox'
import type { Platform } from '../platform.ts'
import { readJson, type CallInput } from './call.ts'
import { WeixinRefusal } from './errors.ts'

const SubscribeBody = Type.Object({
  touser: Type.String(),
  template_id: Type.String(),
  page: Type.Optional(Type.String()),
  data: Type.Record(Type.String(), Type.Object({ value: Type.String() })),
  miniprogram_state: Type.Optional(
    Type.Union([Type.Literal('developer'), Type.Literal('trial'), Type.Literal('formal')]),
  ),
  lang: Type.Optional(
    Type.Union([
      Type.Literal('zh_CN'),
      Type.Literal('en_US'),
      Type.Literal('zh_HK'),
      Type.Literal('zh_TW'),
    ]),
  ),
})

const MAX_PAGE = 1024
const characters = (text: string) => Array.from(text).length
const upTo = (max: number) => (value: string) => value !== '' && characters(value) <= max

/** What fits under a key, which is a kind and a number: `thing1`. */
const KINDS: Readonly<Record<string, (value: string) => boolean>> = {
  thing: upTo(20),
  number: (value) => /^-?[0-9]+(\.[0-9]+)?$/.test(value) && value.length <= 32,
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => /^[^\p{L}\p{N}]{1,5}$/u.test(value),
  character_string: (value) => /^[\x20-\x7e]{1,32}$/.test(value),
  time: (value) => /\d{1,2}:\d{2}/.test(value) && characters(value) <= 64,
  date: (value) => /\d{4}(年|-|\/)\d{1,2}(月|-|\/)\d{1,2}日?/.test(value),
  amount: (value) => /^[¥$€£]?[0-9]{1,10}(\.[0-9]{1,2})?元?$/.test(value),
  phone_number: (value) => /^[0-9+\- ]{1,17}$/.test(value),
  car_number: upTo(8),
  name: upTo(20),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
}

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/mp-message-management/subscribe-message/sendMessage.html */
export function sendSubscribeMessage(platform: Platform, { json }: CallInput): object {
  const { touser: openid, template_id: templateId, page = '', data } = readJson(SubscribeBody, json)
  if (!platform.openids.has(openid)) {
    throw new WeixinRefusal('OPENID', 'no user of this appid has this touser')
  }
  if (!/^[\w-]{43}$/.test(templateId)) {
    throw new WeixinRefusal('TEMPLATE', 'a template_id has 43 characters')
  }
  if (page.startsWith('/') || page.length > MAX_PAGE) {
    throw new WeixinRefusal('PAGE', 'page is a path without / in front')
  }
  for (const [key, { value }] of Object.entries(data)) checkValue(key, value)
  useAcceptance(platform, acceptanceKey(openid, templateId))
  const values = Object.entries(data).map(([key, { value }]) => [key, value] as const)
  platform.miniProgram.messages.push({
    at: platform.clock.now(),
    openid,
    templateId,
    page,
    data: Object.fromEntries(values),
  })
  return {}
}

function checkValue(key: string, value: string): void {
  const fits = KINDS[key.replace(/[0-9]+$/, '')]
  if (/[0-9]$/.test(key) && fits?.(value) === true) return
  throw new WeixinRefusal(
    'DATA_UNFIT',
    fits === undefined ? `${key} names no kind of value` : `${key} does not take ${value}`,
    `argument invalid! data.${key}.value is empty or invalid`,
  )
}

const acceptanceKey = (openid: string, templateId: string) => `${openid}\n${templateId}`

/** How many more messages of which template each user takes. */
export function acceptancesOf({ miniProgram }: Platform) {
  return [...miniProgram.acceptances].map(([key, left]) => {
    const [openid = '', templateId = ''] = key.split('\n')
    return { openid, templateId, left }
  })
}

/** One acceptance is one message. */
function useAcceptance({ miniProgram }: Platform, key: string): void {
  const left = miniProgram.acceptances.get(key) ?? 0
  if (left === 0)
    throw new WeixinRefusal('NOT_ACCEPTED', 'the user did not accept, or not so often')
  miniProgram.acceptances.set(key, left - 1)
}

/** What `wx.requestSubscribeMessage` does when the user accepts: one more message of this template. */
export function acceptMessage(
  { miniProgram }: Platform,
  { openid, templateId }: { openid: string; templateId: string },
): { left: number } {
  const key = acceptanceKey(openid, templateId)
  const left = (miniProgram.acceptances.get(key) ?? 0) + 1
  miniProgram.acceptances.set(key, left)
  return { left }
}
