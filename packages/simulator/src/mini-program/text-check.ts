import { Type } from 'typebox'
import { newTraceId } from '../ids.ts'
import type { Platform } from '../platform.ts'
import { readJson, type CallInput } from './call.ts'
import { WeixinRefusal } from './errors.ts'
import { keepTextCheck } from './state.ts'

const MAX_CHARACTERS = 2500
const SCENES = [1, 2, 3, 4]
const LATELY_MS = 2 * 60 * 60 * 1000

/** The text by which WeChat's manual shows that its check works. */
const PUBLISHED_RISKY_TEXT = '特3456书yuuo莞6543李zxcz蒜7782法fgnv级'

/** Labels as the manual numbers them: nothing, or something that has no label of its own. */
const LABELS = { pass: 100, review: 21000, risky: 21000 } as const
type Suggestion = keyof typeof LABELS

const TextCheckBody = Type.Object({
  content: Type.String(),
  version: Type.Literal(2),
  scene: Type.Number(),
  openid: Type.String(),
  title: Type.Optional(Type.String()),
  nickname: Type.Optional(Type.String()),
  signature: Type.Optional(Type.String()),
})

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html */
export function msgSecCheck(platform: Platform, { json, fault }: CallInput): object {
  const { content, scene, openid } = readJson(TextCheckBody, json)
  if (content === '') throw new WeixinRefusal('EMPTY', 'there is no content')
  if (Array.from(content).length > MAX_CHARACTERS) {
    throw new WeixinRefusal('NOT_JSON', `content has at most ${MAX_CHARACTERS} characters`)
  }
  if (!SCENES.includes(scene)) throw new WeixinRefusal('SCENE', 'scene is 1, 2, 3 or 4')
  const visit = platform.miniProgram.visits.get(openid)
  if (visit === undefined) throw new WeixinRefusal('OPENID', 'no user of this appid has it')
  if (platform.clock.now().getTime() - visit.at.getTime() > LATELY_MS) {
    throw new WeixinRefusal('NOT_HERE_LATELY', 'the user was not here during the last two hours')
  }
  const suggest = suggestionOf(content, fault)
  keepTextCheck(platform.miniProgram, { at: platform.clock.now(), openid, content, suggest })
  const label = LABELS[suggest]
  return {
    result: { suggest, label },
    detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    trace_id: newTraceId(platform.random),
  }
}

function suggestionOf(content: string, fault: string | null): Suggestion {
  if (fault === 'risky' || fault === 'review') return fault
  return content.includes(PUBLISHED_RISKY_TEXT) ? 'risky' : 'pass'
}
