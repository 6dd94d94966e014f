"""Header words in Chinese, pinyin (full and initials) and English, by recogniser.

One line a recogniser; words are parted by commas. `=` before a word: it counts only as the
whole header, because inside longer headers it means other things. Latin words are given with
blanks between parts ("cert no" also stands for certNo, cert_no and CERTNO).
"""

from __future__ import annotations

LEXICON_LINES = """
resident_id18: 身份证, 身份证号, 身份证号码, 身份证件号, 居民身份证, 居民身份证号, 公民身份号码, 身份号码, 二代证号, shenfenzheng, shenfenzhenghao, shenfenzhenghaoma, shenfenhaoma, sfz, sfzh, sfzhm, gmsfhm, id card, id card no, id card number, idcard num, identity card, resident id, resident identity, citizen id, national id, ssn cn
id_document: 证件号, 证件号码, 有效证件号码, 证件编号, 证号, 证件, zhengjianhao, zhengjianhaoma, zjh, zjhm, cert no, cert num, cert code, cert number, certi no, certi code, certificate no, certificate number, certificate code, id no, id num, id number, identity no, identity number, ident no, document no, document number, paper no, credential no, credentials no, card id no, id document
resident_id15: 15位身份证, 老身份证号, 旧身份证号, 一代身份证
hmt_residence_permit: 港澳台居住证, 港澳台居民居住证, 港澳居民居住证, 台湾居民居住证, 居住证号, residence permit
hmt_travel_permit: 港澳通行证, 通行证号, 通行证号码, 回乡证, 回乡证号, 台胞证, 台胞证号, 往来内地通行证, 往来大陆通行证, txzh, travel permit, home return permit, mtp no
foreign_resident_id: 永久居留证, 永居证, 外国人永久居留身份证, 外国人永久居留证号, 永久居留身份证号码, permanent resident id, permanent residence card, foreign resident id
passport: 护照, 护照号, 护照号码, huzhao, huzhaohao, hzh, hzhm, passport, passport no, passport number
mobile: 手机, 手机号, 手机号码, 移动电话, 移动电话号码, 手机电话, 联系手机, 预留手机, 预留手机号, 联系手机号, shouji, shoujihao, shoujihaoma, yidongdianhua, sj, sjh, sjhm, lxsj, yddh, mobile, mobile no, mobile number, mobile phone, mobile tel, mobile phone no, cell, cell phone, cell no, cellphone, handphone, msisdn, phone mobile
landline: 固定电话, 固话, 座机, 座机号, 座机号码, 家庭电话, 办公电话, 单位电话, 宅电, 住宅电话, 公司电话, gudingdianhua, guhua, zuoji, gddh, jtdh, bgdh, dwdh, landline, home phone, home tel, office phone, office tel, work phone, fixed line, fixed phone, telephone fixed
phone: 电话, 电话号码, 联系电话, 联系方式, 联系号码, 报案电话, 回访电话, 紧急联系电话, dianhua, dianhuahaoma, lianxidianhua, lianxifangshi, dh, dhhm, lxdh, lxfs, phone, phone no, phone number, tel, tel no, telephone, telephone no, telephone number, contact no, contact number, contact phone, contact tel
email: 邮箱, 电子邮箱, 电子邮件, 邮箱地址, 电邮, 邮件地址, 邮件, 电子邮件地址, youxiang, dianziyouxiang, dianziyoujian, yx, dzyx, dzyj, email, e mail, mail, email address, mail address, email addr
bank_card: 银行卡, 银行卡号, 卡号, 借记卡号, 信用卡号, 储蓄卡号, 扣款卡号, 还款卡号, yinhangka, yinhangkahao, kahao, yhk, yhkh, bank card, bank card no, bank card number, card no, card num, card number, debit card, credit card, pan
bank_account: 银行账号, 银行帐号, 账号, 帐号, 银行账户, 收款账号, 收款账户, 扣款账号, 划款账号, 转账账号, 还款账号, 结算账号, 银行户号, yinhangzhanghao, zhanghao, yhzh, skzh, kkzh, bank account, bank account no, account no, account num, account number, acct no, acct num, acct, bank acct, bank no, acc no, iban
uscc: 统一社会信用代码, 社会信用代码, 统一信用代码, 信用代码, 税号, 纳税人识别号, 营业执照号, 营业执照号码, 组织机构代码, 税务登记号, tyshxydm, shxydm, xydm, nsrsbh, uscc, unified social credit code, social credit code, credit code, tax no, tax number, tax id, taxpayer id, business licence no, business license no, organization code
plate: 车牌, 车牌号, 车牌号码, 号牌号码, 牌照号, 号牌, 牌照号码, chepai, chepaihao, cph, cphm, hphm, plate, plate no, plate number, licence plate, license plate, licence no, license no, car no, vehicle no, lcn no, car plate, number plate, vehicle plate
vin: 车架号, 车架号码, 车辆识别代号, 车辆识别代码, 识别代码, 车辆识别码, 大架号, chejiahao, cjh, clsbdh, clsbdm, vin, vin no, vin code, frame no, chassis no, chassis number, rack no, vehicle identification number
person_name: 姓名, 名字, 联系人, 联系人姓名, 中文姓名, 客户名, 户名, 开户名, 账户名, 持卡人, 车主, 车主姓名, 驾驶员, 驾驶员姓名, 经办人, 领款人, 收款人, 投保人, 被保险人, 被保人, 受益人, 出险人, 报案人, 申请人, =名称, =客户, =患者, 患者姓名, 真实姓名, 紧急联系人, xingming, xm, lianxiren, lxr, lxrxm, khmc, chezhu, chezhuxingming, czxm, =name, full name, real name, person name, chinese name, customer, client, policyholder, insured, beneficiary, applicant, holder, contact person, contact name, account name, acct name, owner name, payee, payee name, card holder, cardholder, driver name, patient name, surname, given name, first name, last name, family name
address: 地址, 住址, 家庭住址, 家庭地址, 联系地址, 通讯地址, 通信地址, 户籍地址, 居住地址, 现住址, 常住地址, 单位地址, 详细地址, 身份证地址, 证件地址, 邮寄地址, 收件地址, 住所, 户口所在地, 出险地点, 事故地点, 出险地址, dizhi, zhuzhi, jiatingdizhi, jiatingzhuzhi, lianxidizhi, tongxundizhi, dz, jtzz, jtdz, lxdz, txdz, hjdz, address, addr, home address, contact address, mailing address, mail addr, street, street address, residence, home addr, contact addr, postal address, residential address
birth_date: 出生日期, 生日, 出生年月, 出生年月日, 出生时间, 出生, 诞生日, chushengriqi, shengri, chushengnianyue, csrq, csny, birth, birthday, birth date, birth day, date of birth, dob, birth dt
date: 日期, 时间, 起期, 止期, 生效日, 生效日期, 终止日期, 到期日, 保险起期, 保险止期, 签单日期, 投保日期, 承保日期, 起保日期, 终保日期, 出险日期, 出险时间, 报案时间, 报案日期, 结案日期, 结案时间, 立案日期, 开户日期, 缴费日期, 录入日期, 建档日期, 创建时间, 更新时间, 有效期, 有效期至, 证件有效期, 有效期限, 期满日, 开始日期, 结束日期, 截止日期, 入院日期, 出院日期, 就诊日期, 保险期间, 日, riqi, shijian, rq, sxrq, dqrq, qbrq, zbrq, cxrq, cxsj, barq, jarq, yxq, yxqz, date, dt, start date, end date, effective date, expiry date, expire date, expiry, expires, valid until, valid to, valid from, issue date, sign date, loss date, report date, close date, open date, created at, updated at, create time, update time, timestamp, time
policy_number: 保单号, 保单号码, 保险单号, 保险单号码, 保单编号, 投保单号, 投保单号码, 合同号, 保险合同号, 批单号, 批单号码, 批改单号, 个单号, 团单号, baodanhao, baodanhaoma, baodanbianhao, bdh, bdhm, bdbh, tbdh, toubaodanhao, hth, policy, policy no, policy num, policy number, policy id, policy code, pol no, pol num, proposal no, proposal number, contract no, contract number, endorsement no, endorse no, ply no
claim_number: 赔案号, 赔案号码, 赔案编号, 理赔号, 理赔编号, 案件号, 案件编号, 报案号, 报案编号, 立案号, 立案编号, 结案号, 案号, 索赔号, peianhao, lipeihao, baoanhao, anjianhao, pah, lph, bah, lah, ajh, claim, claim no, claim num, claim number, claim id, claim code, case no, case number, report no, registration no, regist no, notification no, loss no
health: 疾病, 疾病名称, 诊断, 诊断结果, 诊断名称, 主诊断, 入院诊断, 出院诊断, 临床诊断, 既往病史, 既往症, 病史, 病因, 病情, 健康状况, 健康告知, 手术名称, 手术, 药品名称, 药品, 伤情, 伤残等级, 残疾, 体检结果, 检查结果, 过敏史, 家族病史, 出险原因, 疾病代码, 疾病编码, 诊断编码, 诊断代码, jibing, zhenduan, bingshi, jkzk, jkgz, jbmc, zdjg, zdmc, jbbm, diagnosis, diagnoses, diag, diag code, diag name, diagnosis code, icd, icd10, icd 10, icd code, disease, disease name, disease code, illness, medical history, health status, health declaration, surgery, operation name, drug, drug name, medication, injury, disability, allergy, condition
gender: 性别, xingbie, xb, gender, sex, gender code, sex code
marriage: 婚姻, 婚姻状况, 婚姻状态, 婚否, hunyin, hunyinzhuangkuang, hyzk, marriage, marital, marital status, marriage status
ethnicity: 民族, minzu, mz, ethnicity, ethnic group, nation, ethnic
education: 学历, 文化程度, 教育程度, 最高学历, xueli, xl, whcd, education, degree, education level
relation: 关系, 与投保人关系, 与被保险人关系, 与被保人关系, 与主被保险人关系, 亲属关系, 与客户关系, 与户主关系, guanxi, gx, ytbrgx, ybbrgx, relation, relationship, relation to applicant, relation to insured, kinship
certificate_type: 证件类型, 证件类别, 证件种类, 证件名称, zhengjianleixing, zjlx, zjlb, zjzl, cert type, certi type, certificate type, id type, document type, id kind, identity type, card type, idtype
occupation: 职业, 职业名称, 职业类别, 工种, 职务, 职业代码, 岗位, zhiye, zymc, zylb, occupation, job, job title, profession, occupation code, occupation name, position
amount: 金额, 保费, 保险费, 保额, 保险金额, 赔款, 赔付金额, 赔款金额, 理赔金额, 索赔金额, 估损金额, 年收入, 月收入, 收入, 家庭年收入, 余额, 账户余额, 现金价值, 缴费金额, 实收保费, 应收保费, 总保费, 基本保额, 免赔额, 费用, 医疗费, 总费用, 资产, 工资, jine, baofei, baoe, je, bf, pfje, pkje, nsr, amount, amt, premium, prem, sum insured, sum assured, insured amount, coverage amount, claim amount, paid amount, loss amount, income, annual income, monthly income, salary, balance, fee, cost, deductible, cash value, face amount, reserve
postcode: 邮编, 邮政编码, 邮政区码, youbian, youzhengbianma, yzbm, postcode, post code, postal code, zip, zip code, zipcode
age: 年龄, 投保年龄, 岁数, nianling, nl, age, issue age, entry age
customer_number: 客户号, 客户编号, 客户代码, 客户id, 客户号码, 会员号, 会员编号, 编号, kehuhao, kehubianhao, khh, khbh, khdm, customer no, customer id, customer num, customer number, customer code, cust no, cust id, cust num, cust code, client no, client id, client number, member no, member id, party id, party no, user id, uid, cif, cif no, ecif, ecif no, one id, customer key, =id
record_number: 流水号, 订单号, 交易号, 交易流水号, 订单编号, 序号, 行号, 批次号, 单证号, 发票号, 工单号, liushuihao, lsh, dingdanhao, ddh, xuhao, serial no, serial number, order no, order id, order number, transaction id, trans no, trx id, txn id, seq, seq no, sequence, row no, batch no, invoice no, record id, trace id, uuid, work order no
branch: 机构, 分公司, 支公司, 机构代码, 机构名称, 归属机构, 承保机构, 出单机构, 管理机构, 营业部, 网点, 部门, 所属机构, 机构编码, jigou, jgdm, jgmc, fgs, branch, branch code, branch no, branch name, branch id, org, org code, org id, com code, department, dept, dept code, office, company code, institution
agent: 业务员, 代理人, 代理人姓名, 业务员姓名, 业务员代码, 业务员工号, 客户经理, 服务人员, 经办, 操作员, 核保人, 查勘员, 定损员, 理赔员, 工号, 员工号, 坐席, 录入员, 录入人, yewuyuan, dailiren, ywy, dlr, agent, agent code, agent no, agent name, agent id, salesman, sales, operator, staff, staff no, staff id, employee no, employee id, handler, surveyor, underwriter, adjuster, created by, updated by, account manager
product: 险种, 险种代码, 险种名称, 产品, 产品名称, 产品代码, 险类, 条款, 主险, 附加险, xianzhong, xzmc, xzdm, cpmc, cpdm, product, product code, product name, product id, risk code, risk name, plan, plan code, coverage, class code, kind code, line of business, lob
status: 状态, 保单状态, 案件状态, 客户状态, 结案状态, 标志, 是否有效, zhuangtai, bdzt, status, state, flag, policy status, claim status, is valid, is deleted
source: 来源, 渠道, 销售渠道, 业务来源, 数据来源, 来源系统, 客户来源, laiyuan, qudao, xsqd, ywly, source, channel, sales channel, source system, data source, business source
note: 备注, 说明, 描述, 事故经过, 出险经过, 备注信息, 内容, 案情, beizhu, bz, note, notes, remark, remarks, comment, comments, description, memo, content, accident description
bank_name: 开户行, 开户银行, 银行名称, 开户行名称, 银行, 收款银行, 所属银行, kaihuhang, khyh, yhmc, khhmc, bank, bank name, opening bank, bank branch, bank code, deposit bank
company: 工作单位, 单位, 单位名称, 公司名称, 企业名称, 公司, 雇主, 投保单位, gongzuodanwei, dwmc, gzdw, gsmc, employer, company, company name, work unit, organization name, organisation name, corp name, enterprise name
nationality: 国籍, 国家, 国家地区, guoji, gj, nationality, country, country code, citizenship
region: 省份, 省, 城市, 市, 地区, 区县, 区, 县, 籍贯, 归属地, 号码归属地, 手机归属地, 行政区划, 地区代码, shengfen, chengshi, diqu, province, city, district, county, region, area, area code, province code, city code, native place
vehicle_model: 厂牌型号, 车型, 品牌型号, 车辆型号, 车辆品牌, 车型名称, 品牌, cpxh, chexing, vehicle model, car model, model, brand, vehicle brand, make, model name, vehicle type
engine_number: 发动机号, 发动机号码, 引擎号, fadongjihao, fdjh, fdjhm, engine no, engine number, engine num, eng no
medical_number: 病历号, 住院号, 门诊号, 社保号, 社保卡号, 医保卡号, 医保号, 医保编号, 社会保障号, 就诊卡号, binglihao, zyh, ybkh, sbkh, medical record no, medical no, mrn, social security no, social security number, ssn, medical insurance no, patient id
hospital: 医院, 医院名称, 就诊医院, 医疗机构, 科室, yiyuan, yymc, hospital, hospital name, clinic, medical institution
password: 密码, 口令, 查询密码, 交易密码, 支付密码, 验证码, 安全码, 密保, mima, password, passwd, pwd, pin, pin code, cvv, cvn, cvv2, secret, token, otp, passcode, private key, api key
biometric: 人脸, 人脸特征, 指纹, 声纹, 人脸模板, 虹膜, face, face template, face id, face feature, fingerprint, voiceprint, iris
chat_account: 微信, 微信号, 支付宝账号, 支付宝, qq, qq号, 微信账号, weixin, weixinhao, wxh, zfbzh, wechat, wechat id, weixin id, alipay, alipay account, openid, open id, unionid
"""

# Who a value belongs to: stripped from the front of a header before matching.
ROLES_HAN = (
    "客户 投保人 被保险人 被保人 受益人 出险人 报案人 车主 申请人 领款人 收款人 付款人 联系人 紧急联系人 索赔人 "
    "主被保险人 连带被保险人 监护人 法定代表人 法人 经办人 持卡人 驾驶员 驾驶人 配偶 会员 患者 用户 投保单位 个人 本人 "
    "被保险人的 投保人的 客户的 第一受益人"
).split()
ROLES_LATIN = (
    "customer cust client insured applicant holder policyholder beneficiary owner claimant payer payee "
    "insurant proposer member user contact emergency legal person guardian patient driver reporter "
    "primary main first spouse appnt appl insd bnf benef"
).split()
# Pinyin roles, also stuck to the next word ("tbrxm", "kehuxingming").
ROLES_PINYIN = (
    "kehu kh toubaoren tbr beibaoxianren bbxr beibaoren bbr shouyiren syr chuxianren cxr baoanren bar chezhu cz "
    "shenqingren sqr lianxiren lxr lingkuanren lkr cust"
).split()

# A last word that turns the thing named before it into something else.
TURNING_HAN = (
    "类型 类别 种类 归属地 标志 标识 是否 状态 个数 数量 次数 来源 有效期 有效 验证 校验 结果 长度 所在地 运营商 "
    "密文 哈希 掩码 备注 顺序 版本 图片 照片 影像 原因"
).split()
TURNING_LATIN = frozenset(
    """type kind flag status count verified valid is has expiry expire expires date time length hash masked encrypted
    verify format owner source version image photo carrier seq reason category md5 sha256""".split()
)
