"""Chat or pay account: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="chat_account",
    name="Chat or pay account",
    data_class=DataClass.CONTACT,
    score=any_text,
    rank=108,
    needs_header=True,
    headers="""
        微信, 微信号, 支付宝账号, 支付宝, qq, qq号, 微信账号, weixin, weixinhao, wxh, zfbzh,
        wechat, wechat id, weixin id, alipay, alipay account, openid, open id, unionid
    """,
    must_match=("A100",),
    must_not_match=("",),
)
