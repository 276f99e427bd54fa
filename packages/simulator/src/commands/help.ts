import { SERVE_FLAGS } from '../config.ts'
import { describeFlags } from './flags.ts'

export const HELP = `The WeChat platform on your desk: login, WeChat Pay and its notifications, with real
signatures. Point your server at it and nothing else has to change.

Usage
  wechat-simulator [options]           run it until Ctrl-C
  wechat-simulator --version           print the version
  wechat-simulator --help              print this

Options
${describeFlags(SERVE_FLAGS)}

A flag wins over its variable. Without --keys the certificates last as long as the process.

Examples
  wechat-simulator --keys ./wechat-keys --state ./wechat.state
  wechat-simulator --port 0 --tls-port 0 --export-ca ca.pem --clock 2026-01-31T08:59:00+08:00
  HTTPS_PROXY=http://127.0.0.1:4000 CURL_CA_BUNDLE=wechat-keys/ca.pem \\
    curl 'https://api.weixin.qq.com/sns/jscode2session?appid=…'

While it runs, http://127.0.0.1:4000/_sim is its page, and /_sim/* takes JSON from scripts.`
