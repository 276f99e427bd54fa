import { hintHeader, type CallAnswer } from '../call-faults.ts'

/** WeChat answers XML as `text/plain` with HTTP 200, whatever it says. */
export const xmlAnswer = (xml: string, hint: string | null): CallAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/plain', ...hintHeader(hint) },
  body: xml,
})
