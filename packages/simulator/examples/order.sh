#!/usr/bin/env bash
# Places an order by API v3 and asks for it, with curl and openssl. Settings: README.md beside this file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

header() { sed -n "s/^$1: //Ip" "$work/head" | tr -d '\r'; }

# call METHOD PATH [BODY]: prints the answer, whose signature is good, or fails.
call() {
  local body=${3:-} stamp nonce signature
  stamp=$(date +%s) nonce=$(openssl rand -hex 16)
  signature=$(printf '%s\n' "$1" "$2" "$stamp" "$nonce" "$body" |
    openssl dgst -sha256 -sign "$KEYS/merchant-key.pem" | openssl base64 -A)
  curl -sS -X "$1" "https://api.mch.weixin.qq.com$2" --suppress-connect-headers \
    -D "$work/head" -o "$work/body" -H 'Accept: application/json' -H 'User-Agent: example' \
    -H "Wechatpay-Serial: $PUBLIC_KEY_ID" ${body:+-H 'Content-Type: application/json' --data-raw "$body"} \
    -H "Authorization: WECHATPAY2-SHA256-RSA2048 mchid=\"$MCHID\",nonce_str=\"$nonce\",signature=\"$signature\",timestamp=\"$stamp\",serial_no=\"$MERCHANT_SERIAL\""
  stamp=$(header Wechatpay-Timestamp)
  header Wechatpay-Signature | openssl base64 -d -A > "$work/signature"
  { printf '%s\n' "$stamp" "$(header Wechatpay-Nonce)"; cat "$work/body"; echo; } > "$work/signed"
  [[ $(header Wechatpay-Serial) == "$PUBLIC_KEY_ID" && $(($(date +%s) - stamp)) -le 300 && $(($(date +%s) - stamp)) -ge -300 ]] &&
    openssl dgst -sha256 -verify "$KEYS/pub_key.pem" -signature "$work/signature" "$work/signed" > /dev/null ||
    { echo "not signed by WeChat: $(cat "$work/body")" >&2; return 1; }
  cat "$work/body"
}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

placed=$(call POST /v3/pay/transactions/jsapi "{\"appid\":\"$APPID\",\"mchid\":\"$MCHID\",\"description\":\"打赏\",\"out_trade_no\":\"$OUT_TRADE_NO\",\"notify_url\":\"https://merchant.example/notify\",\"amount\":{\"total\":500,\"currency\":\"CNY\"},\"payer\":{\"openid\":\"$OPENID\"}}")
echo "prepay_id=$(field prepay_id <<< "$placed")"
asked=$(call GET "/v3/pay/transactions/out-trade-no/$OUT_TRADE_NO?mchid=$MCHID")
echo "trade_state=$(field trade_state <<< "$asked")"
