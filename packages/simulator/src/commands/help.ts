import { PLATFORM_FLAGS, SERVE_FLAGS } from './platform-flags.ts'
import { PLACEHOLDERS } from '../conformance/template.ts'
import { CHECK_FLAGS } from './check-flags.ts'
import { EXPLAIN_FLAGS } from './explain.ts'
import { describeFlags, type FlagTable } from './flags.ts'

export const HELP = `The WeChat platform on your desk: login, WeChat Pay and its notifications, with real
signatures. Point your server at it and nothing else has to change.

Usage
  wechat-simulator [options]           run it until Ctrl-C
  wechat-simulator check [options]     take your server through every check
  wechat-simulator explain [options]   say what is wrong with one message
  wechat-simulator --version           print the version
  wechat-simulator COMMAND --help      print how a command is used

Options
${describeFlags(SERVE_FLAGS)}

A flag wins over its variable. Without --keys the certificates last as long as the process, or are
those of the seed.

With --seed the clock stands at --clock, or at the time of the start, until it is stepped:
  curl -H 'content-type: application/json' -d '{"advanceSeconds":60}' http://127.0.0.1:4000/_sim/clock
  curl -H 'content-type: application/json' -d '{"to":"next_event"}' http://127.0.0.1:4000/_sim/clock
One seed, one --clock, --stamps clock and one script write one /_sim/log, to the last byte.

Examples
  wechat-simulator --keys ./wechat-keys --state ./wechat.state
  wechat-simulator --port 0 --tls-port 0 --export-ca ca.pem --clock 2026-01-31T08:59:00+08:00
  HTTPS_PROXY=http://127.0.0.1:4000 CURL_CA_BUNDLE=wechat-keys/ca.pem \\
    curl 'https://api.weixin.qq.com/sns/jscode2session?appid=…'

While it runs, http://127.0.0.1:4000/_sim is its page, and /_sim/* takes JSON from scripts.`

const own = (table: FlagTable): FlagTable =>
  Object.fromEntries(Object.entries(table).filter(([name]) => !Object.hasOwn(PLATFORM_FLAGS, name)))

const placeholders = Object.entries(PLACEHOLDERS)
  .map(([name, help]) => `  ${`{${name}}`.padEnd(24)} ${help}`)
  .join('\n')

export const CHECK_HELP = `Runs the platform, lets your server place orders at it, and sends what WeChat sends and what an
attacker sends. Prints a card: what passed, what failed, why it matters and what mends it. What your
server offers no call for (refunds, the bill of a day) is left out, and the card says so.

Usage
  wechat-simulator check --prepay-url URL [--order-url URL] [options]

Your server has to be configured for the platform first, as wechat-simulator prints at its start;
give the same keys here. Without --order-url only answers are judged, not what became of an order.

Options
${describeFlags(own(CHECK_FLAGS))}
  and those of wechat-simulator: ${Object.keys(PLATFORM_FLAGS)
    .map((name) => `--${name}`)
    .join(' ')}

In addresses, headers and bodies
${placeholders}

Examples
  wechat-simulator check --prepay-url http://127.0.0.1:8080/pay \\
    --prepay-body '{"id":"{orderId}","openid":"{openid}","fen":{amount}}' \\
    --order-url 'http://127.0.0.1:8080/orders/{orderId}' --paid-when data.status=PAID \\
    --keys ./wechat-keys --junit wechat.xml
  wechat-simulator check --login-url http://127.0.0.1:8080/login --login-token data.token \\
    --prepay-url http://127.0.0.1:8080/orders --prepay-body '{"amount":"{yuan}"}' \\
    --order-url 'http://127.0.0.1:8080/orders/{answer.data.id}'
  wechat-simulator check --prepay-url http://127.0.0.1:8080/pay \\
    --refund-url http://127.0.0.1:8080/admin/refunds --refund-header 'Authorization: Bearer …' \\
    --refund-body '{"order":"{orderId}","no":"{refundId}","fen":{amount}}' \\
    --refund-state-url 'http://127.0.0.1:8080/admin/refunds/{refundId}' --refunded-when state=DONE \\
    --bill-url 'http://127.0.0.1:8080/admin/bills/{day}' --bill-agrees-when result=EQUAL

The exit code is 0 when nothing failed, 1 when something did, 2 for a wrong command line.`

export const EXPLAIN_HELP = `Takes one request, answer or notification, of API v2 or v3, and says whether it would be accepted;
if not, which rule it breaks, what exactly has to be signed, and where your text parts from it.

Usage
  wechat-simulator explain [options] < message.http

Options
${describeFlags(EXPLAIN_FLAGS)}

Examples
  wechat-simulator explain --file request.http --v2-key 0123456789abcdef0123456789abcdef
  wechat-simulator explain --headers headers.txt --body body.json --keys ./wechat-keys --v3-key …
  wechat-simulator explain --file request.http --merchant-cert apiclient_cert.pem \\
    --signed-text what-my-code-signed.txt --at 2026-01-31T09:00:00+08:00

Keys and message stay on this machine. The exit code is 0 for accepted, 1 for refused or not known,
2 for a wrong command line.`
