// Places an order by API v3 and asks for it, with the standard library. Settings: README.md beside this file.
package main

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const maxSkew = 5 * time.Minute

var env = os.Getenv

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func der(file string) []byte {
	block, _ := pem.Decode(must(os.ReadFile(env("KEYS") + "/" + file)))
	return block.Bytes
}

func digest(text string) []byte {
	sum := sha256.Sum256([]byte(text))
	return sum[:]
}

// call makes one request and believes its answer only with a signature of WeChat's.
func call(method, path, body string) map[string]any {
	random := make([]byte, 16)
	must(rand.Read(random))
	nonce, stamp := fmt.Sprintf("%x", random), strconv.FormatInt(time.Now().Unix(), 10)
	text := strings.Join([]string{method, path, stamp, nonce, body, ""}, "\n")
	key := must(x509.ParsePKCS8PrivateKey(der("merchant-key.pem"))).(*rsa.PrivateKey)
	signature := base64.StdEncoding.EncodeToString(must(rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest(text))))
	request := must(http.NewRequest(method, "https://api.mch.weixin.qq.com"+path, strings.NewReader(body)))
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "example")
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Wechatpay-Serial", env("PUBLIC_KEY_ID"))
	request.Header.Set("Authorization", fmt.Sprintf(
		`WECHATPAY2-SHA256-RSA2048 mchid="%s",nonce_str="%s",signature="%s",timestamp="%s",serial_no="%s"`,
		env("MCHID"), nonce, signature, stamp, env("MERCHANT_SERIAL")))
	client := http.Client{Timeout: 10 * time.Second}
	response := must(client.Do(request))
	defer response.Body.Close()
	answer := string(must(io.ReadAll(response.Body)))
	said := func(name string) string { return response.Header.Get("Wechatpay-" + name) }
	seconds, _ := strconv.ParseInt(said("Timestamp"), 10, 64)
	sent, _ := base64.StdEncoding.DecodeString(said("Signature"))
	public := must(x509.ParsePKIXPublicKey(der("pub_key.pem"))).(*rsa.PublicKey)
	signed := digest(said("Timestamp") + "\n" + said("Nonce") + "\n" + answer + "\n")
	if time.Since(time.Unix(seconds, 0)).Abs() > maxSkew || said("Serial") != env("PUBLIC_KEY_ID") ||
		rsa.VerifyPKCS1v15(public, crypto.SHA256, signed, sent) != nil {
		log.Fatal("not signed by WeChat: ", answer)
	}
	fields := map[string]any{}
	if err := json.Unmarshal([]byte(answer), &fields); err != nil {
		log.Fatal(err)
	}
	return fields
}

func main() {
	order := map[string]any{
		"appid": env("APPID"), "mchid": env("MCHID"), "description": "打赏",
		"out_trade_no": env("OUT_TRADE_NO"), "notify_url": "https://merchant.example/notify",
		"amount": map[string]any{"total": 500, "currency": "CNY"},
		"payer":  map[string]any{"openid": env("OPENID")},
	}
	placed := call("POST", "/v3/pay/transactions/jsapi", string(must(json.Marshal(order))))
	fmt.Printf("prepay_id=%v\n", placed["prepay_id"])
	asked := call("GET", "/v3/pay/transactions/out-trade-no/"+env("OUT_TRADE_NO")+"?mchid="+env("MCHID"), "")
	fmt.Printf("trade_state=%v\n", asked["trade_state"])
}
