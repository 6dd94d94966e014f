"""Biometric template: any text under its header."""

from __future__ import annotations

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, any_text

RECOGNISER = Recogniser(
    id="biometric",
    name="Biometric template",
    data_class=DataClass.BIOMETRIC,
    score=any_text,
    rank=107,
    needs_header=True,
    headers="""
        人脸, 人脸特征, 指纹, 声纹, 人脸模板, 虹膜, face, face template, face id, face feature,
        fingerprint, voiceprint, iris
    """,
    must_match=("A100",),
    must_not_match=("",),
)
