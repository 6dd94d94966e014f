"""Password or secret, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="password",
    name="Password or secret",
    data_class=DataClass.CREDENTIAL,
    rank=106,
    needs_header=True,
    headers="""
        密码, 口令, 查询密码, 交易密码, 支付密码, 验证码, 安全码, 密保, mima, password, passwd,
        pwd, pin, pin code, cvv, cvn, cvv2, secret, token, otp, passcode, private key, api key
    """,
)
