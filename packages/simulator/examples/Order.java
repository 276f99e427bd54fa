import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Pattern;

/** Places an order by API v3 and asks for it, with the JDK alone. Settings: README.md beside this file. */
public class Order {
  static final Duration MAX_SKEW = Duration.ofMinutes(5);
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  static String env(String name) {
    return System.getenv(name);
  }

  static byte[] der(String file) throws Exception {
    String pem = Files.readString(Path.of(env("KEYS"), file));
    return Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
  }

  /** The answer to one request, believed only with a signature of WeChat's. */
  static String call(String method, String path, String body) throws Exception {
    String nonce = UUID.randomUUID().toString().replace("-", "");
    long stamp = Instant.now().getEpochSecond();
    KeyFactory rsa = KeyFactory.getInstance("RSA");
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(rsa.generatePrivate(new PKCS8EncodedKeySpec(der("merchant-key.pem"))));
    signer.update((method + "\n" + path + "\n" + stamp + "\n" + nonce + "\n" + body + "\n").getBytes("UTF-8"));
    String authorization = String.format(
        "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",signature=\"%s\",timestamp=\"%d\",serial_no=\"%s\"",
        env("MCHID"), nonce, Base64.getEncoder().encodeToString(signer.sign()), stamp, env("MERCHANT_SERIAL"));
    var request = HttpRequest.newBuilder(URI.create("https://api.mch.weixin.qq.com" + path))
        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .headers("Accept", "application/json", "User-Agent", "example", "Content-Type", "application/json",
            "Wechatpay-Serial", env("PUBLIC_KEY_ID"), "Authorization", authorization)
        .timeout(Duration.ofSeconds(10)).build();
    var response = CLIENT.send(request, BodyHandlers.ofString());
    var said = response.headers();
    String at = said.firstValue("Wechatpay-Timestamp").orElse("0");
    Signature verifier = Signature.getInstance("SHA256withRSA");
    verifier.initVerify(rsa.generatePublic(new X509EncodedKeySpec(der("pub_key.pem"))));
    verifier.update((at + "\n" + said.firstValue("Wechatpay-Nonce").orElse("") + "\n" + response.body() + "\n").getBytes("UTF-8"));
    byte[] sent = Base64.getDecoder().decode(said.firstValue("Wechatpay-Signature").orElse(""));
    boolean isFresh = Duration.between(Instant.ofEpochSecond(Long.parseLong(at)), Instant.now()).abs().compareTo(MAX_SKEW) <= 0;
    boolean isKnown = said.firstValue("Wechatpay-Serial").orElse("").equals(env("PUBLIC_KEY_ID"));
    if (!isFresh || !isKnown || sent.length == 0 || !verifier.verify(sent)) {
      throw new SecurityException("not signed by WeChat: " + response.body());
    }
    return response.body();
  }

  static String field(String name, String json) {
    var found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
    return found.find() ? found.group(1) : "";
  }

  public static void main(String[] args) throws Exception {
    String number = env("OUT_TRADE_NO");
    String order = String.format(
        "{\"appid\":\"%s\",\"mchid\":\"%s\",\"description\":\"\u6253\u8d4f\",\"out_trade_no\":\"%s\",\"notify_url\":\"https://merchant.example/notify\",\"amount\":{\"total\":500,\"currency\":\"CNY\"},\"payer\":{\"openid\":\"%s\"}}",
        env("APPID"), env("MCHID"), number, env("OPENID"));
    System.out.println("prepay_id=" + field("prepay_id", call("POST", "/v3/pay/transactions/jsapi", order)));
    String asked = call("GET", "/v3/pay/transactions/out-trade-no/" + number + "?mchid=" + env("MCHID"), "");
    System.out.println("trade_state=" + field("trade_state", asked));
  }
}
