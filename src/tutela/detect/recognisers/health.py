"""Health data: diagnoses, operations and drugs by word; ICD-10 codes by form."""

import re

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, word_list

ICD = re.compile(r"[A-Z]\d{2}(?:\.(?:\d{1,3}|\d{1,2}x\d{3}|[\dx]\d{2,5}))?[+*†]?", re.IGNORECASE)
WORDS = word_list("""
    高血压 低血压 糖尿病 冠心病 心肌梗死 心肌梗塞 心绞痛 心律失常 房颤 心房颤动 心力衰竭 心衰
    动脉硬化 动脉粥样硬化 脑梗死 脑梗塞 脑出血 脑卒中 中风 偏瘫 癫痫 帕金森 阿尔茨海默 痴呆 头痛
    偏头痛 眩晕 肺炎 支气管炎 哮喘 肺结核 结核 肺气肿 慢阻肺 气胸 肺结节 肺癌 胃炎 胃溃疡
    十二指肠溃疡 胃癌 肠炎 结肠炎 阑尾炎 肠梗阻 肠癌 结肠癌 直肠癌 痔疮 疝气 腹股沟疝 肝炎 乙肝
    丙肝 肝硬化 脂肪肝 肝癌 胆囊炎 胆结石 胆囊结石 胰腺炎 胰腺癌 肾炎 肾病 肾结石 肾衰竭 尿毒症
    透析 膀胱炎 前列腺炎 前列腺增生 前列腺癌 尿路感染 甲亢 甲减 甲状腺结节 甲状腺癌 乳腺增生
    乳腺结节 乳腺癌 子宫肌瘤 宫颈癌 宫颈炎 卵巢囊肿 卵巢癌 子宫内膜 妊娠 流产 早产 剖宫产 难产
    不孕 白血病 淋巴瘤 贫血 血友病 血小板减少 骨髓瘤 肿瘤 恶性肿瘤 良性肿瘤 癌 囊肿 息肉 血管瘤
    黑色素瘤 骨折 骨裂 脱位 扭伤 挫伤 裂伤 擦伤 烧伤 烫伤 脑震荡 颅脑损伤 软组织损伤 韧带损伤
    半月板损伤 截肢 关节炎 类风湿 痛风 骨质疏松 椎间盘突出 腰椎间盘 颈椎病 肩周炎 滑膜炎
    股骨头坏死 强直性脊柱炎 湿疹 皮炎 荨麻疹 银屑病 带状疱疹 白癜风 红斑狼疮 过敏 过敏性鼻炎
    鼻炎 鼻窦炎 咽炎 扁桃体炎 中耳炎 耳聋 白内障 青光眼 视网膜 近视 结膜炎 龋齿 牙周炎 抑郁症
    抑郁 焦虑症 精神分裂 双相情感障碍 自闭症 失眠 艾滋病 梅毒 淋病 流感 上呼吸道感染 感染 败血症
    发热 腹泻 腹痛 胸痛 咳嗽 呕吐 昏迷 休克 水肿 出血 坏死 畸形 先天性心脏病 唐氏综合征 综合征
    静脉曲张 血栓 栓塞 手术 切除术 置换术 支架 搭桥 化疗 放疗 住院 门诊 病历 诊断 处方 既往史
    病史 残疾 伤残 肢体残疾 视力残疾 听力残疾 植物人 体检 化验 血常规 尿常规 心电图 胰岛素
    阿司匹林 青霉素 头孢 二甲双胍 降压药 骨科 内科 外科 妇产科 肿瘤科 手足口病 川崎病 肌无力
    肌萎缩 硬化症 脊髓灰质炎 脑炎 脑膜炎 脑瘤 瘫痪 疾病
""")
TERMS = re.compile("|".join(sorted(WORDS, key=len, reverse=True)))


def score(text: str) -> float:
    """0.9 for two terms, 0.7 for one in a short text, 0.4 for one in a long text or an ICD code."""
    if text.isascii():
        return 0.4 if len(text) <= 10 and ICD.fullmatch(text) else 0.0
    first = TERMS.search(text)
    if not first:
        return 0.0
    second = TERMS.search(text, first.end())
    if second and second[0] != first[0]:
        return 0.9
    return 0.7 if len(text) <= 20 else 0.4


RECOGNISER = Recogniser(
    id="health",
    name="Health",
    data_class=DataClass.HEALTH,
    score=score,
    rank=34,
    maps_by_values=False,
    headers="""
        疾病, 疾病名称, 诊断, 诊断结果, 诊断名称, 主诊断, 入院诊断, 出院诊断, 临床诊断, 既往病史,
        既往症, 病史, 病因, 病情, 健康状况, 健康告知, 手术名称, 手术, 药品名称, 药品, 伤情,
        伤残等级, 残疾, 体检结果, 检查结果, 过敏史, 家族病史, 出险原因, 疾病代码, 疾病编码,
        诊断编码, 诊断代码, jibing, zhenduan, bingshi, jkzk, jkgz, jbmc, zdjg, zdmc, jbbm,
        diagnosis, diagnoses, diag, diag code, diag name, diagnosis code, icd, icd10, icd 10,
        icd code, disease, disease name, disease code, illness, medical history, health status,
        health declaration, surgery, operation name, drug, drug name, medication, injury,
        disability, allergy, condition, loss cause, cause of loss, accident reason, diag desc,
        disease nm, jwbs, jwbshi, cyzd, ryzd, zyzd, icd10 code
    """,
    must_match=(
        "高血压",
        "2型糖尿病",
        "左侧股骨骨折，行置换术",
        "I10.x05",
        "E11.900",
        "Ｃ３４．９",
    ),
    must_not_match=("张伟", "无", "A1", "2024-03-05", "北京市朝阳区建国路88号"),
)
