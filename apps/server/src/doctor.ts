import { parseArgs } from 'node:util'
import { givenSettings } from './config.ts'
import { examine } from './doctor/examine.ts'
import { LANGUAGES, type Language } from './doctor/finding.ts'
import type { Diagnosis } from './doctor/findings.ts'
import { examineOnline } from './doctor/online/examine.ts'
import { describeDiagnosis, languagesFor, writeDiagnosis } from './doctor/print.ts'
import { readSituation } from './doctor/situation.ts'

const USAGE = 'Usage: doctor [--online] [--lang zh|en] [--json]'

const now = () => new Date()
const settings = givenSettings()
const { isOnline, isJson, languages } = readArguments()
const situation = readSituation(settings, now())
const offline = examine(situation)
const diagnosis = isOnline ? add(offline, await examineOnline(situation, now)) : offline
const text = isJson ? writeDiagnosis(diagnosis) : describeDiagnosis(diagnosis, languages)
process.stdout.write(`${text}\n`, () => {
  // A pipe may be slower than the end of the process, and a simulator beside us would hold it.
  process.exit(diagnosis.findings.length === 0 ? 0 : 1)
})

function add(a: Diagnosis, b: Diagnosis): Diagnosis {
  return { right: a.right + b.right, findings: [...a.findings, ...b.findings] }
}

interface Arguments {
  readonly isOnline: boolean
  readonly isJson: boolean
  readonly languages: readonly Language[]
}

function readArguments(): Arguments {
  try {
    const { values } = parseArgs({
      options: {
        online: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        lang: { type: 'string' },
      },
    })
    const { online: isOnline, json: isJson, lang } = values
    const chosen = LANGUAGES.filter((language) => lang === undefined || language === lang)
    const languages = lang === undefined ? languagesFor(settings['LANG']) : chosen
    if (languages.length > 0) return { isOnline, isJson, languages }
  } catch {
    // A flag that nobody knows; the usage says what there is.
  }
  console.error(USAGE)
  process.exit(1)
}
