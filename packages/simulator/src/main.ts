import closeWithGrace from 'close-with-grace'
import { keepCertificates } from './certificates/keep.ts'
import { loadConfig } from './config.ts'
import { startSimulator } from './simulator.ts'

try {
  const { keysFolder, ...options } = loadConfig()
  const { appid, mchid } = options.account
  const simulator = await startSimulator({
    ...options,
    // The server beside it goes by the real clock, however far this one is stepped.
    stampNow: () => new Date(),
    ...(keysFolder !== null && { certificates: await keepCertificates(keysFolder, mchid) }),
  })
  closeWithGrace({ logger: false }, () => simulator.close())
  const { publicKeyId, merchantSerial } = simulator.v3()
  console.log(
    `WeChat simulator: ${simulator.url}/_sim (appid ${appid}, mchid ${mchid}), with client certificates at ${simulator.tlsUrl}
API v3: merchant certificate ${merchantSerial}, WeChat Pay public key ${publicKeyId}`,
  )
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException
  console.error(
    `The simulator cannot start: ${code === 'EADDRINUSE' ? `${message}; choose another with SIMULATOR_PORT or SIMULATOR_TLS_PORT` : message}`,
  )
  process.exitCode = 1
}
