"""Biometric template, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser

RECOGNISER = Recogniser(
    id="biometric",
    name="Biometric template",
    data_class=DataClass.BIOMETRIC,
    rank=107,
    needs_header=True,
    headers="""
        人脸, 人脸特征, 指纹, 声纹, 人脸模板, 虹膜, face, face template, face id, face feature,
        fingerprint, voiceprint, iris
    """,
)
