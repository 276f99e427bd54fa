import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { plant, type Planted } from './plant.ts'
import { runTests } from './run-tests.ts'
import { AUTHORIZATION_MUTANTS } from './tables/authorization.ts'
import { KEY_MUTANTS } from './tables/keys.ts'
import { PAY_SIGN_MUTANTS } from './tables/pay-sign.ts'
import { RESOURCE_MUTANTS } from './tables/resource.ts'
import { SIGNATURE_MUTANTS } from './tables/signature.ts'
import { V2_MUTANTS } from './tables/v2.ts'
import { VERIFY_MUTANTS } from './tables/verify.ts'
import type { Mutants } from './mutant.ts'

const PACKAGE = join(import.meta.dirname, '..')
const REPORT = join(PACKAGE, 'reports/mutants.json')
const FOLDER = join(PACKAGE, 'reports/mutants')

/** Each file that decides what is believed, with the mistakes that its own tests have to notice. */
const TABLES: Readonly<Record<string, Mutants>> = {
  v2: V2_MUTANTS,
  'v3/verify': VERIFY_MUTANTS,
  'v3/signature': SIGNATURE_MUTANTS,
  'v3/resource': RESOURCE_MUTANTS,
  'v3/authorization': AUTHORIZATION_MUTANTS,
  'v3/keys': KEY_MUTANTS,
  'v3/pay-sign': PAY_SIGN_MUTANTS,
}

rmSync(FOLDER, { recursive: true, force: true })
const planted: Planted[] = []
for (const [file, mutants] of Object.entries(TABLES)) {
  planted.push(
    ...(await plant({ signing: join(PACKAGE, 'src/signing'), folder: FOLDER, file }, mutants)),
  )
}
const failed = runTests(PACKAGE, FOLDER)
rmSync(FOLDER, { recursive: true, force: true })
const survivors = planted.filter(({ mustFail, id }) => failed.has(id) !== mustFail)

for (const { file, name, mustFail } of survivors) {
  console.error(mustFail ? `${file}.ts survives «${name}»` : `${file}.ts fails unchanged`)
}
const passed = planted.length - survivors.length
mkdirSync(join(PACKAGE, 'reports'), { recursive: true })
const counts = { numPassedTests: passed, numFailedTests: survivors.length, numPendingTests: 0 }
writeFileSync(REPORT, JSON.stringify({ success: survivors.length === 0, ...counts }))
console.log(
  `${passed} passed, ${survivors.length} failed: one for each mistake in the verification`,
)
process.exitCode = survivors.length === 0 ? 0 : 1
