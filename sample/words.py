"""Words that the invented people and papers are made of. Weights are parts per ten thousand."""


def words(text: str) -> tuple[str, ...]:
    """`a b c` as its parts: long lists read better without the quotes."""
    return tuple(text.split())


SURNAMES = (
    "王wang 725 李li 719 张zhang 683 刘liu 538 陈chen 453 杨yang 308 黄huang 223 赵zhao 229 "
    "吴wu 205 周zhou 212 徐xu 167 孙sun 154 马ma 129 朱zhu 126 胡hu 131 郭guo 115 何he 117 "
    "林lin 117 高gao 100 罗luo 86 郑zheng 93 梁liang 84 谢xie 72 宋song 81 唐tang 65 许xu 66 "
    "韩han 68 邓deng 62 冯feng 64 曹cao 57 彭peng 56 曾zeng 50 肖xiao 56 田tian 52 董dong 51 "
    "潘pan 43 袁yuan 54 蔡cai 46 蒋jiang 47 余yu 48 于yu 45 杜du 47 叶ye 42 程cheng 48 魏wei 45 "
    "苏su 42 吕lv 44 丁ding 43 任ren 41 卢lu 40 姚yao 39 沈shen 40 钟zhong 39 姜jiang 38 "
    "崔cui 38 谭tan 38 陆lu 36 范fan 36 汪wang 35 廖liao 35 石shi 34 金jin 34 贾jia 32 韦wei 30 "
    "夏xia 31 付fu 30 方fang 30 邹zou 29 熊xiong 28 白bai 28 孟meng 27 秦qin 27 邱qiu 26 侯hou 26 "
    "江jiang 26 尹yin 25 薛xue 24 闫yan 23 段duan 23 雷lei 22 龙long 21 黎li 20 史shi 20 陶tao 18 "
    "贺he 18 毛mao 17 郝hao 17 顾gu 17 龚gong 16 邵shao 16 万wan 15 覃qin 15 武wu 14 钱qian 14 "
    "欧阳ouyang 11 司马sima 2 上官shangguan 2 诸葛zhuge 2"
)
MALE = (
    "伟wei 强qiang 磊lei 军jun 洋yang 勇yong 杰jie 涛tao 超chao 明ming 刚gang 平ping 辉hui 鹏peng "
    "华hua 飞fei 鑫xin 波bo 斌bin 宇yu 浩hao 凯kai 健jian 俊jun 帆fan 帅shuai 旭xu 宁ning 龙long "
    "林lin 阳yang 建jian 志zhi 文wen 国guo 海hai 子zi 天tian 一yi 博bo 泽ze 晨chen 轩xuan 睿rui "
    "德de 永yong 学xue 振zhen 家jia 立li"
)
FEMALE = (
    "芳fang 娜na 敏min 静jing 丽li 艳yan 娟juan 霞xia 秀xiu 燕yan 玲ling 桂gui 英ying 兰lan 红hong "
    "梅mei 洁jie 婷ting 雪xue 慧hui 莹ying 萍ping 颖ying 琳lin 倩qian 雯wen 蕾lei 薇wei 佳jia "
    "欣xin 怡yi 雨yu 梦meng 琪qi 涵han 思si 诗shi 嘉jia 晓xiao 玉yu 春chun 美mei 淑shu 凤feng 月yue"
)
# These need the four-byte part of GB18030, or lie outside the basic plane: real names hold them.
RARE = "䶮yan 㛃jie 𬭎hong 𠅤yu"
MINORITY = ("阿卜杜拉·买买提", "古丽娜尔·阿不都", "扎西·顿珠", "卓玛·央金")
FOREIGN = (
    "SMITH JOHN", "MULLER ANNA", "TANAKA KENJI", "KIM MINSEO", "GARCIA LUIS", "ROSSI MARCO",
    "DUBOIS CLAIRE", "SINGH ARJUN", "NGUYEN LAN", "IVANOVA OLGA", "BROWN EMMA", "SILVA PEDRO",
)  # fmt: skip
ROADS = words(
    "人民 解放 中山 建设 和平 新华 胜利 文化 长江 黄河 朝阳 光明 友谊 学府 滨河 湖滨 科技 创业 "
    "迎宾 青年 北京 南京 延安 工农 幸福 兴业 翠竹 梧桐 桂花 金沙"
)
ROAD_ENDS = words("路 大道 东路 西路 南路 北路 街 大街")
COMMUNITIES = words(
    "阳光花园 锦绣家园 翠湖苑 金色港湾 东方新城 书香名邸 紫荆公寓 和谐小区 绿地世家 云栖里 "
    "明珠广场 桃源居"
)
OCCUPATIONS = (
    ("教师", 60, 200), ("医生", 100, 400), ("护士", 60, 180), ("软件工程师", 150, 600),
    ("会计", 60, 240), ("公务员", 80, 220), ("个体工商户", 50, 500), ("货车司机", 60, 160),
    ("建筑工人", 50, 150), ("农民", 20, 80), ("销售经理", 80, 400), ("律师", 120, 800),
    ("退休人员", 30, 120), ("家庭主妇", 0, 20), ("快递员", 60, 140), ("厨师", 50, 160),
    ("企业高管", 300, 2000), ("警察", 90, 220), ("学生", 0, 10), ("保安", 30, 70),
)  # fmt: skip
HEALTH = (
    ("无", 780), ("高血压，服药控制中", 60), ("2型糖尿病", 35), ("乙肝病毒携带", 30),
    ("甲状腺结节", 30), ("曾做阑尾切除手术", 20), ("冠心病，支架术后", 12), ("哮喘", 12),
    ("抑郁症，治疗中", 8), ("乳腺癌术后五年", 5), ("有吸烟史二十年", 8),
)  # fmt: skip
DIAGNOSES = (
    ("I10 原发性高血压", "疾病"), ("E11.9 2型糖尿病", "疾病"), ("K35.8 急性阑尾炎", "疾病"),
    ("C50.9 乳腺恶性肿瘤", "重大疾病"), ("C34.9 肺恶性肿瘤", "重大疾病"),
    ("I21.9 急性心肌梗死", "重大疾病"),
    ("I63.9 脑梗死", "重大疾病"), ("S82.2 胫骨干骨折", "意外"), ("S52.5 桡骨远端骨折", "意外"),
    ("J18.9 肺炎", "疾病"), ("K80.2 胆囊结石", "疾病"), ("M51.2 腰椎间盘突出", "疾病"),
    ("S06.0 脑震荡", "意外"), ("T30.0 烧伤", "意外"), ("C73 甲状腺恶性肿瘤", "重大疾病"),
    ("F32.9 抑郁发作", "疾病"), ("N20.0 肾结石", "疾病"), ("H25.9 老年性白内障", "疾病"),
)  # fmt: skip
HOSPITALS = words(
    "第一人民医院 第二人民医院 中医院 中心医院 妇幼保健院 大学附属医院 骨科医院 肿瘤医院"
)
# Product, lowest and highest sum insured in units of 10,000 yuan, years of cover.
PRODUCTS = (
    ("终身寿险", 10, 200, 0), ("定期寿险", 20, 300, 20), ("重大疾病保险", 10, 100, 0),
    ("百万医疗保险", 100, 400, 1), ("意外伤害保险", 10, 100, 1), ("养老年金保险", 5, 50, 30),
    ("少儿教育金保险", 5, 50, 18), ("住院医疗保险", 1, 20, 1),
)  # fmt: skip
GROUP_PRODUCTS = (("团体医疗保险", 100, 900, 1), ("雇主责任保险", 100, 900, 1))
CONTACT_REASONS = words(
    "保单信息查询 理赔进度查询 变更联系电话 变更通讯地址 续期缴费咨询 退保咨询 投诉-理赔时效 "
    "投诉-销售误导 补发保单 受益人变更 电子发票 账户信息更正"
)
TRADES = words("科技 商贸 物流 餐饮管理 建筑工程 医药 电子 文化传播 机械制造 咨询")
FIRM_NAMES = words("华盛 恒远 瑞丰 天成 宏达 嘉和 鼎新 博远 中泽 安启 万顺 合众")
# Bank, first six digits, length: real ranges of common cards.
CARDS = (
    ("中国工商银行", "622202", 19), ("中国工商银行", "621226", 19), ("中国农业银行", "622848", 19),
    ("中国建设银行", "621700", 19), ("中国银行", "621661", 19), ("交通银行", "622260", 19),
    ("中国邮政储蓄银行", "622188", 19), ("中国邮政储蓄银行", "621098", 19),
    ("招商银行", "622588", 16), ("招商银行", "621483", 16), ("中国民生银行", "622622", 16),
    ("中国光大银行", "622660", 16),
    ("上海浦东发展银行", "622521", 16), ("兴业银行", "622908", 18),
)  # fmt: skip
MOBILE_PREFIXES = words(
    "130 131 132 133 134 135 136 137 138 139 147 150 151 152 153 155 156 157 158 159 166 173 175 "
    "176 177 178 180 181 182 183 184 185 186 187 188 189 191 193 195 198 199"
)


def named(text: str) -> list[tuple[str, str]]:
    """`伟wei 强qiang` as pairs of Chinese and pinyin."""
    return [split(word) for word in text.split()]


def split(word: str) -> tuple[str, str]:
    """`伟wei` as its two parts."""
    pinyin = word.lstrip("".join(c for c in word if not c.isascii()))
    return word.removesuffix(pinyin), pinyin
