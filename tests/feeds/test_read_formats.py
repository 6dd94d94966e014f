"""Each product's log as it writes it: which lines are looks, who looked, which values of customers they hold."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest

from tests.feeds.conftest import ID_NUMBER, PHONE
from tutela.feeds.errors import LineCut, LineTooLong, LineWrong, TimeWrong
from tutela.feeds.reading.kinds import format_named
from tutela.feeds.reading.lines import lines_of
from tutela.feeds.reading.mapping import LogMapping
from tutela.feeds.reading.told import Look
from tutela.feeds.rules import Action
from tutela.vault import catalogue
from tutela.vault.trace import By

OWN = {"at": "at", "person": "who", "customer_number": "customer"}


def read(name: str, text: str | bytes, **mapping: object) -> list[Look | None]:
    kind = format_named(name)
    settings = {"zone": "Asia/Shanghai", **({"columns": OWN} if kind.is_mapped else {}), **mapping}
    checked = LogMapping.checked(settings, needs_columns=kind.is_mapped)
    data = text.encode() if isinstance(text, str) else text
    return list(kind.reader(checked).read(lines_of(io.BytesIO(data), checked.encoding)))


def values(look: Look | None, by: By) -> set[str]:
    assert look is not None
    return {told.value for told in look.customers if told.by is by}


def csvlog(message: str, detail: str = "", user: str = "zhang", line: int = 7) -> str:
    """One line of PostgreSQL 14 to 18: 26 columns."""
    cells = [
        "2026-11-30 16:00:00.123 CST", user, "core", "4711", "10.0.0.8:50000", "692bf0c0.1267", str(line),
        "SELECT", "2026-11-30 15:59:00 CST", "3/42", "0", "LOG", "00000", message, detail, "", "", "", "", "",
        "", "", "psql", "client backend", "", "0",
    ]  # fmt: skip
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()


def jsonlog(message: str, **more: str) -> str:
    return json.dumps(
        {
            "timestamp": "2026-11-30 16:00:00.123 CST", "user": "zhang", "dbname": "core", "pid": 4711,
            "session_id": "692bf0c0.1267", "line_num": 7, "error_severity": "LOG", "message": message, **more,
        }
    )  # fmt: skip


STATEMENT = f"select name from customer\n where phone = '{PHONE}' and note <> 'it''s'"
AUDIT = f'AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.customer,"{STATEMENT}",<not logged>'


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pgaudit-csv", csvlog(AUDIT)),
        ("pgaudit-json", jsonlog(AUDIT)),
        ("postgresql-csv", csvlog(f"statement: {STATEMENT}")),
        ("postgresql-json", jsonlog(f"statement: {STATEMENT}")),
    ],
)
def test_a_select_in_a_log_of_postgresql_is_a_look(name, text):
    """Also one over two lines; CST is China's where the feed is."""
    objects = {"public.customer": ["name"], "customer": ["name"]}
    (look,) = read(name, text, objects=objects)
    assert look is not None
    assert (look.person, look.action, look.line) == ("zhang", Action.READ, 1)
    assert look.at == datetime(2026, 11, 30, 8, 0, 0, 123_000, UTC)
    assert values(look, By.PHONE) == {PHONE}
    assert look.fields == (catalogue.by_code("name").id,)


def test_parameters_of_prepared_statements_are_read():
    """Those of pgaudit.log_parameter, and those in the detail of log_statement."""
    audit = f'AUDIT: SESSION,2,1,READ,SELECT,,,"select * from t where idno=$1 and d=$2","{ID_NUMBER},2026-01-01",3'
    (look,) = read("pgaudit-csv", csvlog(audit))
    assert values(look, By.ID_NUMBER) == {ID_NUMBER}
    assert look is not None
    assert look.rows == 3
    for detail in (f"parameters: $1 = '{PHONE}'", f"Parameters: $1 = '{PHONE}'"):
        (look,) = read(
            "postgresql-csv", csvlog("execute <unnamed>: select 1 from t where p=$1", detail)
        )
        assert values(look, By.PHONE) == {PHONE}


@pytest.mark.parametrize(
    ("message", "detail"),
    [
        (f"语句: select 1 from t where p='{PHONE}'", ""),
        (f"执行时间: 1.234 ms 语句: select 1 from t where p='{PHONE}'", ""),
        ("执行 <unnamed>: select 1 from t where p=$1", f"参数: $1 = '{PHONE}'"),
        ("执行时间: 1.234 ms 执行<unnamed>: select 1 from t where p=$1", f"参数: $1 = '{PHONE}'"),
        ("执行FETCH操作 s/c: select 1 from t where p=$1", f"参数: $1 = '{PHONE}'"),
        (f"Dauer: 1.234 ms  Anweisung: select 1 from t where p='{PHONE}'", ""),
        (f"durée : 1.234 ms, instruction : select 1 from t where p='{PHONE}'", ""),
        ("実行 s1: select 1 from t where p=$1", f"パラメータ: $1 = '{PHONE}'"),
        (f"명령 구문: select 1 from t where p='{PHONE}'", ""),
        (f"продолжительность: 1.234 мс, оператор: select 1 from t where p='{PHONE}'", ""),
        ("execute a:b: select 1 from t where p=$1", f"Parameters: $1 = '{PHONE}'"),
    ],
)
def test_a_log_in_the_servers_own_language_is_read(message, detail):
    """`lc_messages` translates csvlog and jsonlog too; a prepared statement may have a colon in its name."""
    for name, text in (
        ("postgresql-csv", csvlog(message, detail)),
        ("postgresql-json", jsonlog(message, detail=detail)),
    ):
        (look,) = read(name, text)
        assert look is not None
        assert look.action is Action.READ
        assert values(look, By.PHONE) == {PHONE}


@pytest.mark.parametrize("inside", ["\x0c", "\u2028", "\x85", "\x1c"])
def test_only_ends_of_lines_end_a_line_of_pgaudit(inside):
    """A statement with a form feed is written without quotes."""
    message = f"AUDIT: SESSION,1,1,READ,SELECT,,,select{inside}1 from t where p='{PHONE}',<none>"
    (look,) = read("pgaudit-csv", csvlog(message))
    assert values(look, By.PHONE) == {PHONE}


OF_PGAUDITLOGTOFILE = (
    "2026-11-30 16:00:00.123 CST,zhang,core,4711,[local],692bf0c0.1267,1,SELECT,2026-11-30 15:59:00 CST,3/42,0,"
    '00000,OBJECT,5,1,READ,SELECT,TABLE,public.customer,"select 1 from customer",<none>,,,,,,,,,psql\n'
)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pgaudit-csv", OF_PGAUDITLOGTOFILE),
        (
            "pgaudit-json",
            '{"timestamp": "2026-11-30 16:00:00", "user": "zhang", "statement": "select 1"}',
        ),
    ],
)
def test_what_only_looks_like_a_log_of_postgresql_is_refused(name, text):
    """Files of pgauditlogtofile would otherwise be taken in without one look."""
    with pytest.raises(LineWrong):
        read(name, text)


@pytest.mark.parametrize(
    ("message", "action"),
    [
        ("statement: COPY customer TO STDOUT", Action.EXPORT),
        ("duration: 1.234 ms  statement: update customer set a=1", Action.WRITE),
        ("statement: /* app */ (select 1 from t)", Action.READ),
        ("statement: BEGIN", None),
        ("statement: BEGIN; SET search_path = 'a;b'; COMMIT;", None),
        ("statement: select*from customer", Action.READ),
        ("statement: (/* app */ -- who\n select 1 from t)", Action.READ),
        ("statement: # who\nselect 1", Action.READ),
        ("statement: SET search_path = 'a;b'; begin; select 1 from t", Action.READ),
        ("statement: DECLARE c CURSOR FOR select 1 from t", Action.READ),
        ("statement: CREATE FUNCTION f() AS $$ begin; select 1 from t; $$", None),
        ("connection received: host=10.0.0.8 port=50000", None),
        (AUDIT, None),
    ],
)
def test_statements_without_rows_are_no_looks(message, action):
    """And an audit line is none for a feed of log_statement: the same statement would count twice."""
    (look,) = read("postgresql-csv", csvlog(message))
    assert (look.action if look else None) == action


def test_a_statement_on_other_tables_is_no_look_where_tables_are_named():
    """The mapping says which tables hold customers."""
    text = csvlog("statement: select 1 from stock") + csvlog(
        "statement: select 1 from crm.customer", line=8
    )
    first, second = read("postgresql-csv", text, objects={"customer": ["name", "phone"]})
    assert first is None
    assert second is not None


MARIA = (
    "20261130 16:00:00,db1,wang,10.0.0.8,12,345,QUERY,core,"
    f"'SELECT * FROM customer WHERE phone=\\'{PHONE}\\' AND n = 1, 2',0"
)


def test_server_audit_of_mariadb():
    """Connections, tables and failed statements are none; a quote in a statement is escaped."""
    text = "\n".join(
        [
            "20261130 15:59:59,db1,wang,10.0.0.8,12,0,CONNECT,core,,0",
            "20261130 16:00:00,db1,wang,10.0.0.8,12,345,READ,core,customer,",
            MARIA,
            MARIA.removesuffix("0") + "1142",
        ]
    )
    connect, table, look, failed = read("mariadb", text)
    assert (connect, table, failed) == (None, None, None)
    assert look is not None
    assert (look.person, look.at) == ("wang", datetime(2026, 11, 30, 8, 0, tzinfo=UTC))
    assert values(look, By.PHONE) == {PHONE}
    with pytest.raises(LineCut):
        read("mariadb", MARIA[:-10])


@pytest.mark.parametrize(
    "statement",
    [
        f"\\n  SELECT name\\nFROM customer\\nWHERE\\tphone = \\'{PHONE}\\'",
        f"SELECT\\tname\\r\\nFROM\\tcustomer WHERE phone IN (1,\\r\\n{PHONE}\\n)",
        f"-- who calls\\nSELECT 'it\\\\\\'s' FROM customer WHERE phone=\\'{PHONE}\\'",
    ],
)
def test_a_statement_of_several_lines_in_server_audit_is_a_look(statement):
    """It stands on one line with its ends of lines escaped, and most programs write statements so."""
    text = f"20261130 16:00:00,db1,wang,10.0.0.8,12,345,QUERY,core,'{statement}',0"
    (look,) = read("mariadb", text, objects={"customer": ["name"]})
    assert look is not None
    assert look.fields == (catalogue.by_code("name").id,)
    assert values(look, By.PHONE) == {PHONE}


def test_server_audit_of_amazon_has_more_columns_and_another_time():
    """RDS writes two columns behind the result, Aurora microseconds since 1970."""
    rds = MARIA + ",,"
    aurora = MARIA.replace("20261130 16:00:00", "1796025600123456")
    connect = "20261130 15:59:59,db1,wang,10.0.0.8,12,0,CONNECT,,,0,SOCKET"
    first, none, second = read("mariadb", f"{rds}\n{connect}\n{aurora}")
    assert none is None
    for look, micro in ((first, 0), (second, 123_456)):
        assert look is not None
        assert look.at == datetime(2026, 11, 30, 8, 0, 0, micro, UTC)
        assert values(look, By.PHONE) == {PHONE}


def test_server_audit_by_syslog_has_the_time_of_the_message():
    """It leaves its own out."""
    body = MARIA.partition(",")[2]
    (look,) = read("mariadb-syslog", f"2026-11-30T16:00:00+08:00 db1 mysql-server_auditing: {body}")
    assert look is not None
    assert (look.person, look.at) == ("wang", datetime(2026, 11, 30, 8, 0, tzinfo=UTC))


MYSQL = [
    {"timestamp": "2026-11-30 08:00:00", "id": 0, "class": "audit", "event": "startup"},
    {"timestamp": "2026-11-30 08:00:01", "id": 0, "class": "connection", "event": "connect", "connection_id": 5},
    {
        "timestamp": "2026-11-30 08:00:02", "id": 0, "class": "general", "event": "status", "connection_id": 5,
        "account": {"user": "li", "host": "localhost"},
        "login": {"user": "li", "os": "", "ip": "127.0.0.1", "proxy": ""},
        "general_data": {
            "command": "Query", "sql_command": "select", "query": f"SELECT * FROM c WHERE p='{PHONE}'", "status": 0,
        },
    },
    {"timestamp": "2026-11-30 08:00:02", "id": 1, "class": "table_access", "event": "read", "connection_id": 5},
]  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("end", ["\n]", ""])
def test_a_json_audit_log_of_mysql(indent, end):
    """An array, one event a line or over several; its end is missing while the server runs. Times are UTC."""
    text = "[\n" + ",\n".join(json.dumps(event, indent=indent) for event in MYSQL) + end
    found = read("mysql-json", text)
    assert [look is not None for look in found] == [False, False, True, False]
    assert found[2].person == "li"
    assert found[2].at == datetime(2026, 11, 30, 8, 0, 2, tzinfo=UTC)
    assert values(found[2], By.PHONE) == {PHONE}
    with pytest.raises(LineCut):
        read("mysql-json", text[: text.index("general_data")])


def test_older_records_of_percona():
    """One object a record, numbered."""
    record = {
        "name": "Query", "record": "4707_2026-11-30T08:00:00", "timestamp": "2026-11-30T08:00:02 UTC",
        "command_class": "select", "connection_id": "37", "status": 0, "user": "li[li] @ localhost []",
        "sqltext": "select * from c where n='C00001'",
    }  # fmt: skip
    (look,) = read("mysql-json", json.dumps({"audit_record": record}))
    assert look is not None
    assert (look.person, look.number, look.stream) == ("li", 4707, "2026-11-30T08:00:00")
    assert "C00001" in values(look, By.CUSTOMER_NUMBER)


XML = f"""<?xml version="1.0" encoding="utf-8"?>
<AUDIT>
 <AUDIT_RECORD>
  <TIMESTAMP>2026-11-30T08:00:01 UTC</TIMESTAMP>
  <RECORD_ID>1_2026-11-30T08:00:00</RECORD_ID>
  <NAME>Connect</NAME>
  <CONNECTION_ID>5</CONNECTION_ID>
 </AUDIT_RECORD>
 <AUDIT_RECORD>
  <TIMESTAMP>2026-11-30T08:00:02 UTC</TIMESTAMP>
  <RECORD_ID>2_2026-11-30T08:00:00</RECORD_ID>
  <NAME>Query</NAME>
  <CONNECTION_ID>5</CONNECTION_ID>
  <STATUS>0</STATUS>
  <STATUS_CODE>0</STATUS_CODE>
  <USER>li[li] @ localhost [127.0.0.1]</USER>
  <COMMAND_CLASS>select</COMMAND_CLASS>
  <SQLTEXT>SELECT * FROM c WHERE n &lt; 3 AND p = &apos;{PHONE}&apos;</SQLTEXT>
 </AUDIT_RECORD>
"""


@pytest.mark.parametrize("end", ["</AUDIT>\n", ""])
def test_a_new_style_xml_audit_log_of_mysql(end):
    """Its records are numbered since the log was opened."""
    connect, look = read("mysql-xml", XML + end)
    assert connect is None
    assert look is not None
    assert (look.person, look.number, look.line) == ("li", 2, 9)
    assert values(look, By.PHONE) == {PHONE}


def test_an_old_style_xml_audit_log_of_mysql():
    """Attributes instead of elements."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<AUDIT>
  <AUDIT_RECORD TIMESTAMP="2026-11-30T08:00:02 UTC" RECORD_ID="3_2026-11-30T08:00:00" NAME="Query"
    CONNECTION_ID="1" STATUS="0" USER="li[li] @ localhost []" SQLTEXT="select * from c where p='{PHONE}'"/>
"""
    (look,) = read("mysql-xml", text)
    assert look is not None
    assert (look.person, look.number) == ("li", 3)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (XML[: XML.index("<SQLTEXT>")], LineCut),
        ('<!DOCTYPE a [<!ENTITY b "c">]>\n<AUDIT/>', LineWrong),
        ("<AUDIT><AUDIT_RECORD></NAME>", LineWrong),
        ("<AUDIT><AUDIT_RECORD><SQLTEXT>" + "x" * 1_100_000, LineTooLong),
    ],
)
def test_xml_that_is_cut_or_foreign_is_refused(text, error):
    """Neither entities nor endless records."""
    with pytest.raises(error):
        read("mysql-xml", text)


SESSION = {
    "id": "f2b7b1a0-0000-4000-8000-000000000001", "user": "张伟(zhangwei)", "asset": "core-db(10.0.0.5)",
    "account": "root(root)", "protocol": "ssh", "type": {"value": "normal", "label": "Normal"},
    "login_from": {"value": "WT", "label": "Web Terminal"}, "remote_addr": "10.0.0.8", "is_success": True,
    "is_finished": False, "date_start": "2026/11/30 16:00:00 +0800", "date_end": None,
}  # fmt: skip
COMMAND = {
    "user": "张伟(zhangwei)", "asset": "core-db(10.0.0.5)", "input": f"select * from c where phone='{PHONE}';",
    "session": SESSION["id"], "risk_level": {"value": 0, "label": "Accept"},
    "id": "f2b7b1a0-0000-4000-8000-000000000002", "account": "root(root)", "output": f"1 row {ID_NUMBER}",
    "timestamp": 1796025600, "timestamp_display": "2026/11/30 16:00:00 +0800", "remote_addr": "10.0.0.8",
}  # fmt: skip


def _jumpserver(name: str) -> str:
    both = [SESSION, COMMAND]
    if name == "jumpserver-json":
        return json.dumps({"count": 2, "next": None, "results": both}, ensure_ascii=False)
    head = "<14>Nov 30 16:00:00 jms jumpserver: "
    lines = [f"{head}login_log - {{}}"]
    lines += [
        f"{head}{category} - {json.dumps(record, ensure_ascii=False)}"
        for category, record in zip(("host_session_log", "session_command_log"), both, strict=True)
    ]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["jumpserver-json", "jumpserver-syslog"])
def test_sessions_and_commands_of_jumpserver(name):
    """A session names who, a command whom too; what the command gave out is not read."""
    *others, session, command = read(name, _jumpserver(name))
    assert others in ([], [None])
    assert (session.person, session.action) == ("zhangwei", Action.SESSION)
    assert session.at == command.at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert values(command, By.PHONE) == {PHONE}
    assert ID_NUMBER not in str(command)


def test_commands_of_jumpserver_as_csv():
    """Exported in Chinese: a star before what must be given, a quote before what could be a formula."""
    text = (
        "\ufeff*用户,*资产,*命令,*会话 ID,风险等级,ID,*账号,*输出,*时间戳,日期,远端地址\r\n"
        f"张伟(zhangwei),core-db,'=grep {PHONE} a.log,s1,接受(0),c1,root,...,1796025600,-,10.0.0.8\r\n"
    )
    (look,) = read("jumpserver-csv", text)
    assert look is not None
    assert look.person == "zhangwei"
    assert values(look, By.PHONE) == {PHONE}


SYSLOG_COLUMNS = {
    "at": "timestamp",
    "person": "user",
    "customer_number": "customer",
    "number": "meta.sequenceId",
}


@pytest.mark.parametrize(
    "text",
    [
        '<13>1 2026-11-30T08:00:00.000Z core1 looks 77 - [meta sequenceId="29"] {"user": "u1", "customer": "C1"}',
        '<13>1 2026-11-30T16:00:00+08:00 core1 looks - - [meta sequenceId="29" x="a\\]b"] user=u1 customer="C1"',
    ],
)
def test_own_looks_by_syslog(text):
    """RFC 5424 with a JSON object or pairs; its sequence number is the feed's numbering."""
    (look,) = read("syslog", text, columns=SYSLOG_COLUMNS)
    assert look is not None
    assert (look.person, look.number) == ("u1", 29)
    assert look.at == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    assert values(look, By.CUSTOMER_NUMBER) == {"C1"}


def test_syslog_without_a_year_is_of_the_last_such_day(monkeypatch):
    """RFC 3164: December's lines that come in January are last year's."""
    monkeypatch.setattr("tutela.base.clock.now", lambda: datetime(2027, 1, 2, tzinfo=UTC))
    columns = {**SYSLOG_COLUMNS}
    del columns["number"]
    (look,) = read(
        "syslog", "<13>Dec 31 23:59:59 core1 looks[7]: user=u1 customer=C1", columns=columns
    )
    assert look is not None
    assert look.at == datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC)


def test_syslog_of_a_month_in_another_language_is_refused():
    """Some devices write Okt or Mai."""
    columns = {part: name for part, name in SYSLOG_COLUMNS.items() if part != "number"}
    with pytest.raises(TimeWrong) as refused:
        read("syslog", "<13>Okt 11 22:14:15 core1 looks: user=u1 customer=C1", columns=columns)
    assert refused.value.params["line"] == 1


def test_a_status_that_is_no_number_is_no_success():
    """In an event of MySQL, whatever JSON it is."""
    event = {**MYSQL[2], "general_data": {"command": "Query", "query": "select 1", "status": []}}
    assert read("mysql-json", json.dumps(event)) == [None]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-30 16:00:00 PST",
        "2026-13-01 00:00:00",
        "30.11.2026",
        "2026-11-30 16:00:00+99:00",
        "12",
    ],
)
def test_a_time_that_could_mean_two_things_is_refused(text):
    """An abbreviation of another zone, a day that is none."""
    with pytest.raises(TimeWrong):
        read("csv", f"at,who,customer\n{text},u1,C1\n")


def zone_of(text: str, zone: str = "Asia/Shanghai") -> datetime:
    (look,) = read("csv", f"at,who,customer\n{text},u1,C1\n", zone=zone)
    assert look is not None
    return look.at


def test_times_are_read_in_the_feeds_zone_unless_they_say_theirs():
    """CST is China's in Shanghai and Chicago's in Chicago."""
    eight = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    for text in (
        "2026-11-30 16:00:00", "2026/11/30 16:00:00", "20261130 16:00:00", "2026-11-30T08:00:00Z",
        "2026-11-30 08:00:00 UTC", "2026-11-30 16:00:00 +0800", "2026-11-30 16:00:00+08", "1796025600",
        "1796025600000", "2026-11-30 16:00:00.000 CST",
    ):  # fmt: skip
        assert zone_of(text) == eight, text
    assert zone_of("2026-11-30 02:00:00 CST", "America/Chicago") == eight


@pytest.mark.parametrize(
    ("name", "text", "error", "line"),
    [
        ("csv", 'at,who,customer\n2026-11-30 16:00:00,"u1,C1\n', LineCut, 2),
        ("csv", "at,who,customer\n2026-11-30 16:00:00,u1\n", LineWrong, 2),
        ("jsonl", '{"at": "2026-11-30 16:00:00", "who": "u1", "custo', LineCut, 1),
        ("jsonl", "\n[1, 2]\n", LineWrong, 2),
        ("jsonl", '{"at": NaN}', LineWrong, 1),
        ("jsonl", '{"at": 1, "at": 2}', LineWrong, 1),
        ("syslog", "no syslog at all", LineWrong, 1),
        ("mariadb", "20261130 16:00:00,db1,wang", LineWrong, 1),
        ("pgaudit-csv", "a,b,c\n", LineWrong, 1),
        ("pgaudit-csv", csvlog('AUDIT: SESSION,1,1,READ,SELECT,,,"select'), LineWrong, 1),
        (
            "jumpserver-syslog",
            "<14>Nov 30 16:00:00 jms jumpserver: host_session_log - {",
            LineCut,
            1,
        ),
        ("mysql-json", "nonsense\n", LineWrong, 1),
    ],
)
def test_a_line_that_cannot_be_read_is_named(name, text, error, line):
    """With its number, and never with its text."""
    with pytest.raises(error) as refused:
        read(name, text)
    assert refused.value.params["line"] == line


@pytest.mark.parametrize("name", ["csv", "jsonl", "syslog", "mariadb", "mysql-json", "pgaudit-csv"])
def test_a_line_of_ten_megabytes_is_refused(name):
    """Before it is read whole."""
    with pytest.raises(LineTooLong):
        read(name, b"x" * 10_000_000)


def test_another_encoding_is_refused_and_gb18030_is_read_where_it_is_said():
    """Chinese systems write it still."""
    text = "at,who,customer\n2026-11-30 16:00:00,张三,C1\n"
    with pytest.raises(LineWrong) as refused:
        read("csv", text.encode("gb18030"))
    assert refused.value.code == "feeds.encoding_wrong"
    (look,) = read("csv", text.encode("gb18030"), encoding="gb18030")
    assert look is not None
    assert look.person == "张三"
