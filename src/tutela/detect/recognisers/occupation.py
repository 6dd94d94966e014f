"""Occupations."""

from tutela.detect.classes import DataClass
from tutela.detect.recogniser import Recogniser, word_list

WORDS = word_list("""
    教师 医生 护士 工程师 程序员 会计 律师 公务员 司机 农民 工人 学生 退休 退休人员 无业
    自由职业 个体户 个体经营 销售 销售员 经理 总经理 职员 企业职员 军人 警察 消防员 厨师 服务员
    保安 建筑工人 电工 焊工 快递员 外卖员 家庭主妇 设计师 记者 编辑 演员 司法人员 技术员 店员
    营业员 收银员 保洁 保洁员 货车司机 出租车司机 导游 教授 研究员 企业主 业务员 文员 内勤 外勤
    翻译 药剂师 技工 木工 渔民 矿工 飞行员 船员 空乘
""")


def score(text: str) -> float:
    """0.7 for a word of the list, 0.35 for any other word."""
    return 0.7 if text in WORDS else 0.35 if 2 <= len(text) <= 30 else 0.0


RECOGNISER = Recogniser(
    id="occupation",
    name="Occupation",
    data_class=DataClass.PROFILE,
    score=score,
    rank=48,
    needs_header=True,
    names_field=True,
    headers="""
        职业, 职业名称, 职业类别, 工种, 职务, 职业代码, 岗位, zhiye, zymc, zylb, occupation, job,
        job title, profession, occupation code, occupation name, position, job code,
        occupation type, occ code, work type, zydm, job cate
    """,
    must_match=("教师", "货车司机", "水电安装"),
    must_not_match=("", "师"),
)
