import { Type } from 'typebox'
import type { MiniProgramApi } from './mini-program-api.ts'

export interface TextToCheck {
  /** Whose text it is; WeChat takes only who was in the mini-program within two hours. */
  readonly openid: string
  readonly text: string
}

export type TextVerdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'risky' }
  /** WeChat wants a person to look at it. */
  | { readonly kind: 'doubtful' }
  | { readonly kind: 'unknown'; readonly reason: string }

/** Asks WeChat whether everybody may read a text. */
export type CheckText = (text: TextToCheck) => Promise<TextVerdict>

const VERSION = 2
/** Comments, of the four kinds of places that WeChat knows. */
const SCENE = 2
/** «risky», as the first version of this call said it. */
const RISKY = 87014

const Answer = Type.Object({
  result: Type.Object({ suggest: Type.Enum(['pass', 'review', 'risky']) }),
})

const VERDICTS = {
  pass: { kind: 'passed' },
  review: { kind: 'doubtful' },
  risky: { kind: 'risky' },
} as const

/** https://developers.weixin.qq.com/miniprogram/dev/OpenApiDoc/sec-center/sec-check/msgSecCheck.html */
export function createTextCheck(api: MiniProgramApi): CheckText {
  return async ({ openid, text: content }) => {
    const body = { version: VERSION, scene: SCENE, openid, content }
    const result = await api.post('/wxa/msg_sec_check', body, Answer)
    switch (result.kind) {
      case 'answered':
        return VERDICTS[result.answer.result.suggest]
      case 'refused':
        return result.errcode === RISKY
          ? { kind: 'risky' }
          : { kind: 'unknown', reason: `errcode ${result.errcode}` }
      case 'unknown':
        return { kind: 'unknown', reason: result.why }
    }
  }
}
