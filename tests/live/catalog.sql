-- Everything that a user defined in a database, one fact a line, read from the system catalogs by PostgreSQL's own
-- printers.  Two databases have the same schema when the sorted lines are the same.  Left out: lexo's bookkeeping, what
-- belongs to an extension, and the order of columns.
-- SPDX-License-Identifier: Apache-2.0
\set QUIET on
SET search_path = pg_catalog;
SET client_min_messages = error;

CREATE TEMP TABLE own_schema AS
	SELECT oid, nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'lexo');
CREATE TEMP TABLE of_extension AS
	SELECT classid, objid FROM pg_depend WHERE deptype = 'e';

SELECT format('schema %I owner-acl %s', nspname, (SELECT nspacl FROM pg_namespace n WHERE n.oid = s.oid)) FROM own_schema s;
SELECT format('extension %I in %s', extname, extnamespace::regnamespace) FROM pg_extension WHERE extname <> 'plpgsql';

-- types
SELECT format('enum %s label %s %L', t.oid::regtype, row_number() OVER (PARTITION BY t.oid ORDER BY enumsortorder), enumlabel)
  FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
 WHERE t.typnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('domain %s is %s not-null %s default %s collation %s', oid::regtype, format_type(typbasetype, typtypmod), typnotnull,
	typdefault, typcollation::regcollation)
  FROM pg_type t
 WHERE typtype = 'd' AND typnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension);

SELECT format('range %s of %s opclass %s collation %s canonical %s difference %s', rngtypid::regtype, rngsubtype::regtype,
	(SELECT opcname FROM pg_opclass o WHERE o.oid = rngsubopc), rngcollation::regcollation, rngcanonical, rngsubdiff)
  FROM pg_range JOIN pg_type t ON t.oid = rngtypid
 WHERE t.typnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('type %s kind %s', oid::regtype, typtype) FROM pg_type t
 WHERE typnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_type'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('collation %s: %s', oid::regcollation, to_jsonb(c) - '{oid,collname,collnamespace,collowner,collversion}'::text[])
  FROM pg_collation c
 WHERE collnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_collation'::regclass, oid) NOT IN (SELECT classid, objid FROM of_extension);

-- tables, views, sequences and their columns
CREATE TEMP TABLE own_class AS
	SELECT c.* FROM pg_class c
	 WHERE relnamespace IN (SELECT oid FROM own_schema)
	   AND ('pg_class'::regclass, c.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('relation %s kind %s persistence %s rls %s force %s options %s partition-of %s', c.oid::regclass, relkind,
	relpersistence, relrowsecurity, relforcerowsecurity, reloptions, pg_get_expr(relpartbound, c.oid))
  FROM own_class c WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'c');
SELECT format('column %s.%I type %s not-null %s identity %L generated %L default %s collation %s', attrelid::regclass,
	attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated, pg_get_expr(adbin, adrelid),
	CASE WHEN attcollation <> t.typcollation THEN attcollation::regcollation END)
  FROM pg_attribute a
  JOIN own_class c ON c.oid = attrelid AND c.relkind IN ('r', 'p', 'v', 'm', 'c')
  JOIN pg_type t ON t.oid = atttypid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE attnum > 0 AND NOT attisdropped;
SELECT format('sequence %s start %s by %s min %s max %s cache %s cycle %s type %s', seqrelid::regclass, seqstart, seqincrement,
	seqmin, seqmax, seqcache, seqcycle, seqtypid::regtype)
  FROM pg_sequence JOIN own_class c ON c.oid = seqrelid;
SELECT format('view %s as %s', oid::regclass, regexp_replace(pg_get_viewdef(oid), '\s+', ' ', 'g'))
  FROM own_class WHERE relkind IN ('v', 'm');

-- constraints, indexes, triggers, policies
SELECT format('constraint %I on %s %s: %s', conname, coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text),
	CASE WHEN convalidated THEN '' ELSE 'not valid' END, pg_get_constraintdef(c.oid))
  FROM pg_constraint c
 WHERE connamespace IN (SELECT oid FROM own_schema)
   AND ('pg_constraint'::regclass, c.oid) NOT IN (SELECT classid, objid FROM of_extension)
   AND contype IN ('c', 'f', 'p', 'u', 'x');
SELECT format('index valid %s clustered %s tablespace %s part of %s: %s', indisvalid, indisclustered, spcname,
	inhparent::regclass, pg_get_indexdef(indexrelid))
  FROM pg_index JOIN own_class c ON c.oid = indexrelid
  LEFT JOIN pg_inherits h ON h.inhrelid = indexrelid LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace;
SELECT format('index %s column %s statistics %s', attrelid::regclass, attnum, attstattarget)
  FROM pg_attribute JOIN own_class c ON c.oid = attrelid WHERE relkind IN ('i', 'I') AND attstattarget >= 0;
SELECT format('statistics object target %s: %s', nullif(stxstattarget, -1), pg_get_statisticsobjdef(x.oid))
  FROM pg_statistic_ext x
 WHERE stxnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_statistic_ext'::regclass, x.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('trigger enabled %s: %s', tgenabled, pg_get_triggerdef(t.oid))
  FROM pg_trigger t JOIN own_class c ON c.oid = tgrelid WHERE NOT tgisinternal;
SELECT format('rule enabled %s: %s', ev_enabled, regexp_replace(pg_get_ruledef(r.oid), '\s+', ' ', 'g'))
  FROM pg_rewrite r JOIN own_class c ON c.oid = ev_class WHERE rulename <> '_RETURN';
SELECT format('event trigger %I on %s tags %s function %s enabled %s', evtname, evtevent,
	(SELECT array_agg(tag ORDER BY tag) FROM unnest(evttags) tag), evtfoid::regprocedure, evtenabled)
  FROM pg_event_trigger e WHERE ('pg_event_trigger'::regclass, e.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('materialized view %s populated %s space %s method %s toast %s', c.oid::regclass, c.relispopulated,
	c.reltablespace, c.relam, t.reloptions)
  FROM own_class c LEFT JOIN pg_class t ON t.oid = c.reltoastrelid WHERE c.relkind = 'm';
SELECT format('policy %I on %s permissive %s for %s to %s using %s check %s', polname, polrelid::regclass, polpermissive, polcmd,
	(SELECT string_agg(coalesce(rolname, 'public'), ',' ORDER BY rolname)
	   FROM unnest(polroles) r LEFT JOIN pg_roles ON pg_roles.oid = r),
	pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
  FROM pg_policy JOIN own_class c ON c.oid = polrelid;

-- functions; the order of their settings says nothing
SELECT format('function %s: %s settings %s', p.oid::regprocedure,
	regexp_replace(replace(pg_get_functiondef(p.oid), E'\n', '\n'), '\\n SET [^\\]*', '', 'g'),
	(SELECT string_agg(s, '; ' ORDER BY s) FROM unnest(proconfig) s))
  FROM pg_proc p
 WHERE pronamespace IN (SELECT oid FROM own_schema) AND prokind IN ('f', 'p')
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension);

SELECT format('function %s: planner %s %s %s transforms %s', p.oid::regprocedure, procost, prorows, prosupport, protrftypes::regtype[])
  FROM pg_proc p
 WHERE pronamespace IN (SELECT oid FROM own_schema)
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('aggregate %s(%s) parallel %s: %s', aggfnoid, pg_get_function_arguments(aggfnoid), proparallel, to_jsonb(a))
  FROM (SELECT aggfnoid, aggkind, aggnumdirectargs, aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn,
	aggmtransfn, aggminvtransfn, aggmfinalfn, aggfinalextra, aggmfinalextra, aggfinalmodify, aggmfinalmodify,
	aggsortop::regoperator, aggtranstype::regtype, aggtransspace, aggmtranstype::regtype, aggmtransspace, agginitval,
	aggminitval FROM pg_aggregate) a
  JOIN pg_proc p ON p.oid = aggfnoid
 WHERE pronamespace IN (SELECT oid FROM own_schema)
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('operator %s is %s commutator %s negator %s restrict %s join %s hashes %s merges %s', oid::regoperator, oprcode,
	oprcom::regoperator, oprnegate::regoperator, oprrest, oprjoin, oprcanhash, oprcanmerge)
  FROM pg_operator
 WHERE oprnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_operator'::regclass, oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('cast %s to %s by %s context %s method %s', castsource::regtype, casttarget::regtype, castfunc::regprocedure,
	castcontext, castmethod) FROM pg_cast
 WHERE oid >= 16384 AND ('pg_cast'::regclass, oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('operator class %I.%I for %s default %s storage %s: %s', opcnamespace::regnamespace, opcname, opcintype::regtype,
	opcdefault, opckeytype::regtype, (SELECT string_agg(pg_describe_object(classid, objid, 0), '; '
	ORDER BY pg_describe_object(classid, objid, 0)) FROM pg_depend WHERE refclassid = 'pg_opclass'::regclass
	AND refobjid = o.oid AND deptype = 'i'))
  FROM pg_opclass o WHERE opcnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_opclass'::regclass, oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('operator family %I.%I using %s', opfnamespace::regnamespace, opfname, amname)
  FROM pg_opfamily f JOIN pg_am a ON a.oid = opfmethod WHERE opfnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_opfamily'::regclass, f.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('conversion %I.%I from %s to %s by %s default %s', connamespace::regnamespace, conname,
	pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc, condefault)
  FROM pg_conversion WHERE connamespace IN (SELECT oid FROM own_schema);

-- privileges and comments
SELECT format('grant on %s: %s to %s grantable %s', c.oid::regclass, privilege_type, coalesce(r.rolname, 'public'), is_grantable)
  FROM own_class c, aclexplode(relacl) LEFT JOIN pg_roles r ON r.oid = grantee
 WHERE grantee <> relowner;
SELECT format('grant on %s.%I: %s to %s', attrelid::regclass, attname, privilege_type, coalesce(r.rolname, 'public'))
  FROM pg_attribute JOIN own_class c ON c.oid = attrelid, aclexplode(attacl) LEFT JOIN pg_roles r ON r.oid = grantee;
SELECT format('grant on %s: %s to %s', p.oid::regprocedure, privilege_type, coalesce(r.rolname, 'public'))
  FROM pg_proc p, aclexplode(proacl) LEFT JOIN pg_roles r ON r.oid = grantee
 WHERE pronamespace IN (SELECT oid FROM own_schema) AND grantee <> proowner
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('comment on %s %s: %L', o.type, o.identity, description)
  FROM pg_description d, pg_identify_object(d.classoid, d.objoid, d.objsubid) o
 WHERE (o.schema IN (SELECT nspname FROM own_schema) OR o.schema IS NULL AND o.type IN ('extension', 'event trigger', 'cast')
	OR o.type IN ('trigger', 'policy', 'table constraint', 'domain constraint', 'table column', 'view column',
	'materialized view column', 'rule')
	   AND split_part(regexp_replace(o.identity, '^.* on ', ''), '.', 1) IN (SELECT nspname FROM own_schema))
   AND (classoid, objoid) NOT IN (SELECT classid, objid FROM of_extension)
   AND NOT (o.type = 'schema' AND o.identity IN ('public', 'lexo')) AND o.identity <> 'plpgsql';
