"""Places an order by API v2 and asks for it, with the standard library, which has no RSA.

Settings: README.md beside this file.
"""
import hashlib, hmac, os, secrets, sys, urllib.request
from xml.etree import ElementTree

env = os.environ


def sign(fields):
    """What WeChat signs: the fields that are not empty, by name, and the key."""
    pairs = [f'{name}={value}' for name, value in sorted(fields.items()) if value and name != 'sign']
    text = '&'.join([*pairs, f'key={env["V2_KEY"]}']).encode()
    return hmac.new(env['V2_KEY'].encode(), text, hashlib.sha256).hexdigest().upper()


def call(api, **fields):
    """The answer to one request, believed only with a signature of WeChat's."""
    fields |= {'appid': env['APPID'], 'mch_id': env['MCHID'], 'nonce_str': secrets.token_hex(16)}
    fields |= {'sign_type': 'HMAC-SHA256'}
    root = ElementTree.Element('xml')
    for name, value in (fields | {'sign': sign(fields)}).items():
        ElementTree.SubElement(root, name).text = value
    request = urllib.request.Request(f'https://api.mch.weixin.qq.com/pay/{api}', ElementTree.tostring(root, 'utf-8'))
    with urllib.request.urlopen(request, timeout=10) as response:
        body = response.read().decode()
    if '<!' in body.replace('<![CDATA[', ''):  # no document of WeChat's has a DOCTYPE
        sys.exit(f'not from WeChat: {body}')
    answer = {field.tag: field.text or '' for field in ElementTree.fromstring(body)}
    if not hmac.compare_digest(sign(answer), answer.get('sign', '')):
        sys.exit(f'not signed by WeChat: {body}')
    if answer['result_code'] != 'SUCCESS':
        sys.exit(f'refused: {answer["err_code"]} {answer["err_code_des"]}')
    return answer


placed = call('unifiedorder', out_trade_no=env['OUT_TRADE_NO'], body='打赏', total_fee='500',
              spbill_create_ip='127.0.0.1', notify_url='https://merchant.example/notify',
              trade_type='JSAPI', openid=env['OPENID'])
print(f'prepay_id={placed["prepay_id"]}')
print(f'trade_state={call("orderquery", out_trade_no=env["OUT_TRADE_NO"])["trade_state"]}')
