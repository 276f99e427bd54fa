import { stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ENVIRONMENT, platformConfig } from '../config.ts'
import { hasFailed, resultLine, summaryLine, toJson, toJunit } from '../conformance/report.ts'
import { runChecks } from '../conformance/run.ts'
import { CHECK_FLAGS } from './check-flags.ts'
import { callsOf } from './check-calls.ts'
import { readFlags, UsageError, type Environment } from './flags.ts'
import { startFrom } from './serve.ts'

/** Runs the platform, and takes somebody's server through every check. */
export async function check(
  args: readonly string[],
  env: Environment = ENVIRONMENT,
  print: (line: string) => void = console.log,
): Promise<boolean> {
  const flags = readFlags(CHECK_FLAGS, args, env)
  const calls = callsOf(flags)
  const files = { json: flags.text('json'), junit: flags.text('junit') }
  for (const [flag, file] of Object.entries(files)) await checkFolder(flag, file)
  const simulator = await startFrom({ ...platformConfig(flags), stateFile: null, stamps: 'real' })
  try {
    print(`The platform is at ${simulator.url} and ${simulator.tlsUrl}.\n`)
    const report = await runChecks({
      simulator,
      calls,
      amountFen: Number(flags.text('amount')),
      notifyUrl: flags.text('notify-url') || null,
      patienceMs: Number(flags.text('patience')) * 1000,
      ...(flags.isSet('only') && { only: flags.list('only') }),
      onResult: (result) => {
        print(resultLine(result))
      },
    })
    print(`\n${summaryLine(report)}`)
    if (files.json !== '') await writeFile(files.json, toJson(report))
    if (files.junit !== '') await writeFile(files.junit, toJunit(report))
    return !hasFailed(report)
  } finally {
    await simulator.close()
  }
}

async function checkFolder(flag: string, file: string): Promise<void> {
  const folder = dirname(resolve(file))
  const found = await stat(folder).catch(() => null)
  if (file !== '' && !found?.isDirectory()) {
    throw new UsageError(`--${flag} is in no folder: ${folder}`)
  }
}
