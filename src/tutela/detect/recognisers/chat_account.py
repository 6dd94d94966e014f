"""Chat or pay account, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="chat_account",
    name="Chat or pay account",
    data_class=DataClass.CONTACT,
    rank=108,
    needs_header=True,
    headers="""
        微信, 微信号, 支付宝账号, 支付宝, qq, qq号, 微信账号, weixin, weixinhao, wxh, zfbzh,
        wechat, wechat id, weixin id, alipay, alipay account, openid, open id, unionid
    """,
)
