"""Roles, schemas and default privileges: least privilege in the database (design section 4).

`tutela_owner` owns the tables and migrates; `tutela_app` is the application's role, which can neither change the
trail nor create tables; `tutela_auditor` can only read the trail. On an external server an administrator runs
these statements once (`tutela database-sql` prints them).
"""

from tutela.cli.running.layout import APP, AUDITOR, OWNER

MISSING = """
SELECT name FROM unnest(%s::text[]) AS wanted (name) WHERE to_regnamespace(name) IS NULL
UNION ALL
SELECT name FROM unnest(%s::text[]) AS wanted (name) WHERE to_regrole(name) IS NULL
UNION ALL
SELECT 'CREATE ON SCHEMA public' WHERE NOT has_schema_privilege('public', 'CREATE')
"""


def role_statements() -> list[str]:
    roles = [
        f"DO $$ BEGIN CREATE ROLE {role} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        for role in (OWNER, APP, AUDITOR)
    ]
    return [*roles, f"ALTER ROLE {APP} SET statement_timeout = '120s'"]


def database_statements(database: str) -> list[str]:
    both = f"{APP}, {OWNER}"
    schemas = [f"CREATE SCHEMA IF NOT EXISTS {s} AUTHORIZATION {OWNER}" for s in SCHEMAS]
    return [
        f"REVOKE ALL ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {both}, {AUDITOR}",
        *schemas,
        "REVOKE ALL ON SCHEMA public FROM PUBLIC",
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        f"GRANT USAGE ON SCHEMA public, vault, keys, trail TO {APP}",
        f"GRANT USAGE ON SCHEMA trail TO {AUDITOR}",
        *_defaults("public", "SELECT, INSERT, UPDATE, DELETE"),
        *_defaults("vault", "SELECT, INSERT, UPDATE, DELETE"),
        *_defaults("keys", "SELECT, INSERT, UPDATE"),
        *_defaults("trail", "SELECT, INSERT"),
        _default("trail", "SELECT ON TABLES", AUDITOR),
    ]


SCHEMAS = ("vault", "keys", "trail")


def _defaults(schema: str, rights: str) -> list[str]:
    return [
        _default(schema, f"{rights} ON TABLES", APP),
        _default(schema, "USAGE, SELECT ON SEQUENCES", APP),
    ]


def _default(schema: str, rights: str, role: str) -> str:
    return f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA {schema} GRANT {rights} TO {role}"
