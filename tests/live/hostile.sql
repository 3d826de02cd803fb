-- slot|name of what tests/live/hostile.sh made, line ends spelled out.
-- SPDX-License-Identifier: Apache-2.0
\set QUIET on
SET client_min_messages = error;
CREATE FUNCTION pg_temp.shown(slot text, name text) RETURNS text LANGUAGE sql AS
	$$ SELECT slot || '|' || replace(name, E'\n', '<newline>') $$;
CREATE TEMP TABLE own AS SELECT oid FROM pg_namespace WHERE nspname = 'public';
CREATE TEMP TABLE numbered AS
	SELECT c.oid, c.relname FROM pg_class c WHERE relkind = 'r' AND relnamespace IN (SELECT oid FROM own) AND relrowsecurity;

SELECT pg_temp.shown('label', enumlabel) FROM pg_enum e JOIN pg_type t ON t.oid = enumtypid WHERE typname = 'labels';
SELECT pg_temp.shown('field', attname) FROM pg_attribute WHERE attrelid = 'public.fields'::regclass;
SELECT pg_temp.shown('table', relname) FROM numbered;
SELECT pg_temp.shown('column', attname) FROM pg_attribute JOIN numbered n ON n.oid = attrelid
 WHERE attnum = 1 AND attname = relname;
SELECT pg_temp.shown('check', conname) FROM pg_constraint WHERE contype = 'c' AND conrelid IN (SELECT oid FROM numbered);
SELECT pg_temp.shown('foreign', conname) FROM pg_constraint WHERE contype = 'f' AND conrelid IN (SELECT oid FROM numbered);
SELECT pg_temp.shown('index', c.relname) FROM pg_index JOIN pg_class c ON c.oid = indexrelid
 WHERE relnamespace IN (SELECT oid FROM own) AND NOT indisprimary;
SELECT pg_temp.shown('sequence', relname) FROM pg_class WHERE relkind = 'S' AND relnamespace IN (SELECT oid FROM own);
SELECT pg_temp.shown('view', relname) FROM pg_class WHERE relkind = 'v' AND relnamespace IN (SELECT oid FROM own);
SELECT pg_temp.shown('matview', relname) FROM pg_class WHERE relkind = 'm' AND relnamespace IN (SELECT oid FROM own);
SELECT pg_temp.shown('schema', nspname) FROM pg_namespace WHERE nspname ~ '^h';
SELECT pg_temp.shown('other_table', relname) FROM pg_class
 WHERE relkind = 'r' AND relnamespace IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^h');
SELECT pg_temp.shown(CASE typtype WHEN 'e' THEN 'type' ELSE 'domain' END, typname) FROM pg_type
 WHERE typtype IN ('e', 'd') AND typnamespace IN (SELECT oid FROM own) AND typname <> 'labels';
SELECT pg_temp.shown('composite', relname) FROM pg_class
 WHERE relkind = 'c' AND relnamespace IN (SELECT oid FROM own) AND relname <> 'fields';
SELECT pg_temp.shown('domain_check', conname) FROM pg_constraint WHERE contypid <> 0 AND connamespace IN (SELECT oid FROM own);
SELECT pg_temp.shown('function', proname) FROM pg_proc
 WHERE pronamespace IN (SELECT oid FROM own) AND prokind IN ('f', 'p') AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c');
SELECT pg_temp.shown('policy', polname) FROM pg_policy;
SELECT pg_temp.shown('grantee', rolname) FROM pg_policy JOIN pg_roles r ON r.oid = ANY (polroles);
SELECT pg_temp.shown('trigger', tgname) FROM pg_trigger WHERE NOT tgisinternal;
SELECT pg_temp.shown('argument', convert_from(btrim(tgargs, '\x00'::bytea), 'UTF8')) FROM pg_trigger
 WHERE NOT tgisinternal;
SELECT pg_temp.shown('parameter', proargnames[1]) FROM pg_proc
 WHERE pronamespace IN (SELECT oid FROM own) AND prokind = 'p';
-- what the server evaluates, not what it prints
SELECT pg_temp.shown(slot, convert_from(decode((xpath('/row/v/text()', query_to_xml(format(
	'SELECT encode(convert_to((%s)::text, ''UTF8''), ''hex'') AS v', expression), false, true, '')))[1]::text, 'hex'), 'UTF8'))
  FROM (SELECT 'domain_default' AS slot, typdefault AS expression FROM pg_type
         WHERE typtype = 'd' AND typnamespace IN (SELECT oid FROM own)
         UNION ALL
        SELECT 'default', pg_get_expr(adbin, adrelid) FROM pg_attrdef
         WHERE adnum = 2 AND adrelid IN (SELECT oid FROM numbered)) AS defaults;
SELECT pg_temp.shown('comment', description) FROM pg_description
 WHERE classoid = 'pg_class'::regclass AND objsubid < 2 AND objoid IN (SELECT oid FROM numbered);
