"""Customer number, known by its header only."""

from tutela.detect.classes import DataClass
from tutela.detect.primitives.clean_forms import reference
from tutela.detect.recogniser import Form, Recogniser
from tutela.detect.recognisers import policy_number

RECOGNISER = Recogniser(
    id="customer_number",
    name="Customer number",
    data_class=DataClass.OPERATION,
    rank=90,
    needs_header=True,
    headers="""
        =customer, =client, =客户, 客户标识, 客户号, 客户编号, 客户代码, 客户id, 客户号码, 会员号,
        会员编号, 编号, kehuhao, kehubianhao, khh, khbh, khdm, customer no, customer id,
        customer num, customer number, customer code, cust no, cust id, cust num, cust code,
        client no, client id, client number, member no, member id, party id, party no, user id,
        uid, cif, cif no, ecif, ecif no, one id, customer key, =id, appnt no, insured no,
        insured id, party code, pty id, client code, member number, contact id
    """,
    form=Form(reference, policy_number.READY, numeric=True),
    mask=policy_number.MASK,
    cleaned={" C 0012": "C0012"},
    refused={"1.2E+15": "number_lossy", "1.10101199003071E+017": "number_lossy"},
    masked={"C00000012345": "C000*****345", "C0012": "******"},
)
