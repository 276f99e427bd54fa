import { stat, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import closeWithGrace from 'close-with-grace'
import { KEY_FILES, keepCertificates, type Seeded } from '../certificates/keep.ts'
import { loadConfig, type Config } from '../config.ts'
import { startSimulator, type Simulator } from '../simulator.ts'
import { StateFileError } from '../state-file.ts'
import { UsageError } from './flags.ts'

/** Runs the platform until it is told to stop. */
export async function serve(args: readonly string[]): Promise<void> {
  const { isQuiet, ...config } = loadConfig(args)
  const simulator = await startFrom(config)
  closeWithGrace({ logger: false }, () => simulator.close())
  const { appid, mchid } = config.account
  console.log(
    `WeChat simulator: ${simulator.url}/_sim (appid ${appid}, mchid ${mchid}), with client certificates at ${simulator.tlsUrl}`,
  )
  if (!isQuiet) console.log(whatToConfigure(simulator, config))
}

/** Starts the platform as the command line says. */
export async function startFrom(config: Config): Promise<Simulator> {
  const { keysFolder, exportCa, stamps, ...options } = config
  const { seed, account } = options
  if (options.stateFile !== null) await checkFolderOf('--state', options.stateFile)
  if (exportCa !== null) await checkFolderOf('--export-ca', exportCa)
  const seeded = seed === null ? null : { seed, startAt: options.startAt ?? new Date() }
  const certificates = keysFolder && (await keep(keysFolder, account.mchid, seeded))
  const simulator = await startSimulator({
    ...options,
    ...(stamps === 'real' && { stampNow: () => new Date() }),
    ...(certificates && { certificates }),
  }).catch((error: unknown) => {
    if (!(error instanceof StateFileError)) throw error
    throw new UsageError(`--state cannot be used: ${error.message}`, { cause: error })
  })
  if (exportCa !== null) await writeFile(exportCa, simulator.certificates.caCert)
  return simulator
}

async function keep(folder: string, mchid: string, seeded: Seeded | null) {
  try {
    return await keepCertificates(folder, mchid, seeded)
  } catch (error) {
    throw new UsageError(`--keys cannot be used: ${(error as Error).message}`, { cause: error })
  }
}

/** What cannot be written should be known at the start, not when the orders are lost. */
async function checkFolderOf(flag: string, file: string): Promise<void> {
  const folder = dirname(resolve(file))
  const found = await stat(folder).catch(() => null)
  if (found?.isDirectory() !== true) throw new UsageError(`${flag} is in no folder: ${folder}`)
  const isFolder = await stat(file).then(
    (there) => there.isDirectory(),
    () => false,
  )
  if (isFolder) throw new UsageError(`${flag} is a folder: ${file}`)
}

function whatToConfigure(simulator: Simulator, { keysFolder, exportCa, account }: Config): string {
  const { url, tlsUrl } = simulator
  const { merchantSerial, publicKeyId } = simulator.v3()
  const inKeys = (name: keyof typeof KEY_FILES) =>
    keysFolder === null ? '(start with --keys DIR)' : resolve(join(keysFolder, KEY_FILES[name]))
  const root = exportCa === null ? inKeys('caCert') : resolve(exportCa)
  return `
In the server of the merchant
  appid, mchid                       ${account.appid}, ${account.mchid}, and the keys that you gave here
  instead of api.weixin.qq.com       ${url}
  instead of api.mch.weixin.qq.com   ${url}
  for refunds of API v2              ${tlsUrl}
  trusted root                       ${root}
  certificate of the merchant        ${inKeys('merchantCert')}
    its serial, for API v3           ${merchantSerial}
  its private key                    ${inKeys('merchantKey')}
  WeChat Pay public key              ${inKeys('wechatPublicKey')}
    its id, for API v3               ${publicKeyId}

If WeChat's hosts are written into it, leave them there and set
  HTTPS_PROXY=${url}
  NODE_EXTRA_CA_CERTS, SSL_CERT_FILE, CURL_CA_BUNDLE or REQUESTS_CA_BUNDLE=${root}
  Java: -Dhttps.proxyHost=${new URL(url).hostname} -Dhttps.proxyPort=${new URL(url).port}, and the root in its trust store`
}
