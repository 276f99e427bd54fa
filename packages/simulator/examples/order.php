<?php
// Places an order by API v3 and asks for it, with PHP's extensions curl and openssl. Settings: README.md
// beside this file.
const MAX_SKEW_SECONDS = 300;

/** The answer to one request, believed only with a signature of WeChat's. */
function call(string $method, string $path, ?array $content = null): array
{
    [$keys, $mchid, $serial, $keyId] = array_map(getenv(...), ['KEYS', 'MCHID', 'MERCHANT_SERIAL', 'PUBLIC_KEY_ID']);
    $body = $content === null ? '' : json_encode($content);
    [$stamp, $nonce] = [time(), bin2hex(random_bytes(16))];
    openssl_sign("$method\n$path\n$stamp\n$nonce\n$body\n", $raw, file_get_contents("$keys/merchant-key.pem"), 'sha256');
    $authorization = sprintf(
        'WECHATPAY2-SHA256-RSA2048 mchid="%s",nonce_str="%s",signature="%s",timestamp="%s",serial_no="%s"',
        $mchid, $nonce, base64_encode($raw), $stamp, $serial,
    );
    $said = [];
    $curl = curl_init("https://api.mch.weixin.qq.com$path");
    curl_setopt_array($curl, [
        CURLOPT_CUSTOMREQUEST => $method,
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 10,
        CURLOPT_HTTPHEADER => [
            'Accept: application/json', 'User-Agent: example', "Wechatpay-Serial: $keyId",
            "Authorization: $authorization", 'Content-Type: application/json',
        ],
        CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$said): int {
            [$name, $value] = explode(':', $line, 2) + ['', ''];
            $said[strtolower($name)] = trim($value);
            return strlen($line);
        },
    ] + ($body === '' ? [] : [CURLOPT_POSTFIELDS => $body]));
    $answer = curl_exec($curl);
    if ($answer === false) throw new RuntimeException('no answer: ' . curl_error($curl));
    $text = ($said['wechatpay-timestamp'] ?? '') . "\n" . ($said['wechatpay-nonce'] ?? '') . "\n$answer\n";
    $signature = base64_decode($said['wechatpay-signature'] ?? '');
    $isFresh = abs(time() - (int) ($said['wechatpay-timestamp'] ?? 0)) <= MAX_SKEW_SECONDS;
    $isKnown = ($said['wechatpay-serial'] ?? '') === $keyId;
    if (!$isFresh || !$isKnown || openssl_verify($text, $signature, file_get_contents("$keys/pub_key.pem"), 'sha256') !== 1) {
        throw new RuntimeException("not signed by WeChat: $answer");
    }
    return json_decode($answer, true);
}

$number = getenv('OUT_TRADE_NO');
$placed = call('POST', '/v3/pay/transactions/jsapi', [
    'appid' => getenv('APPID'),
    'mchid' => getenv('MCHID'),
    'description' => '打赏',
    'out_trade_no' => $number,
    'notify_url' => 'https://merchant.example/notify',
    'amount' => ['total' => 500, 'currency' => 'CNY'],
    'payer' => ['openid' => getenv('OPENID')],
]);
echo "prepay_id={$placed['prepay_id']}\n";
$asked = call('GET', "/v3/pay/transactions/out-trade-no/$number?mchid=" . getenv('MCHID'));
echo "trade_state={$asked['trade_state']}\n";
