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
SELECT format('type %s kind %s defined %s: %s', oid::regtype, typtype, typisdefined, CASE WHEN typtype = 'b' AND typcategory <> 'A'
	THEN to_jsonb(t) - '{oid,typname,typnamespace,typowner,typarray,typacl,typelem,typrelid,typbasetype,typcollation}'::text[]
	|| jsonb_build_object('element', typelem::regtype, 'collation', typcollation::regcollation) END) FROM pg_type t
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
SELECT format('relation %s kind %s persistence %s rls %s force %s options %s toast %s partition-of %s key %s of %s method %s replica %s',
	c.oid::regclass, relkind, relpersistence, relrowsecurity, relforcerowsecurity,
	(SELECT array_agg(o ORDER BY o) FROM unnest(reloptions) o),
	/* what no column needs may be there still */
	(SELECT (SELECT array_agg(o ORDER BY o) FROM unnest(t.reloptions) o) FROM pg_class t WHERE t.oid = c.reltoastrelid AND EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid
		AND NOT attisdropped AND attlen < 0 AND attstorage <> 'p' AND NOT (atttypid IN ('varchar'::regtype, 'numeric'::regtype)
		AND atttypmod BETWEEN 0 AND 504))), pg_get_expr(relpartbound, c.oid),
	CASE WHEN relkind = 'p' THEN pg_get_partkeydef(c.oid) END, nullif(reloftype, 0)::regtype,
	(SELECT amname FROM pg_am WHERE pg_am.oid = relam),
	/* the index may be gone */
	coalesce((SELECT 'i' || indexrelid::regclass FROM pg_index i WHERE i.indrelid = c.oid AND indisreplident),
		translate(relreplident::text, 'i', 'n')))
  FROM own_class c WHERE relkind IN ('r', 'p', 'f', 'v', 'm', 'S', 'c');
SELECT format('%s below %s', inhrelid::regclass, inhparent::regclass)
  FROM pg_inherits JOIN own_class c ON c.oid = inhrelid WHERE relkind IN ('r', 'p', 'f');
SELECT format('column %s.%I type %s not-null %s identity %L generated %L default %s collation %s storage %s statistics %s options %s '
	'inherited %s own %s compression %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
	pg_get_expr(adbin, adrelid), CASE WHEN attcollation <> t.typcollation THEN attcollation::regcollation END, attstorage,
	nullif(attstattarget, -1), (SELECT array_agg(o) FROM unnest(attoptions) o WHERE o NOT LIKE 'pg\_attver%'),
	attinhcount > 0, attislocal, to_jsonb(a) ->> 'attcompression')
  FROM pg_attribute a
  JOIN own_class c ON c.oid = attrelid AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'c')
  JOIN pg_type t ON t.oid = atttypid
  LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
 WHERE attnum > 0 AND NOT attisdropped;
SELECT format('sequence %s start %s by %s min %s max %s cache %s cycle %s type %s', seqrelid::regclass, seqstart, seqincrement,
	seqmin, seqmax, seqcache, seqcycle, seqtypid::regtype)
  FROM pg_sequence JOIN own_class c ON c.oid = seqrelid;
SELECT format('sequence %s owned by %s column %I (%s)', objid::regclass, refobjid::regclass, attname, deptype)
  FROM pg_depend JOIN own_class c ON c.oid = objid AND c.relkind = 'S'
  JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
 WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND refobjsubid > 0;
SELECT format('view %s as %s', oid::regclass, regexp_replace(pg_get_viewdef(oid), '\s+', ' ', 'g'))
  FROM own_class WHERE relkind IN ('v', 'm');

-- constraints, indexes, triggers, policies
-- the names that the server chooses for NOT NULL, from above or when the column or the table had another one, say nothing
SELECT format('constraint %s on %s %s: %s', CASE WHEN contype = 'n' AND (coninhcount > 0 OR conname ~ '_not_null[0-9]*$') THEN ''
	ELSE quote_ident(conname) END, coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text),
	/* a check from above may be valid here alone */
	CASE WHEN convalidated OR NOT conislocal THEN '' ELSE 'not valid' END,
	CASE WHEN conislocal THEN pg_get_constraintdef(c.oid) ELSE replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') END)
  FROM pg_constraint c
 WHERE connamespace IN (SELECT oid FROM own_schema)
   AND ('pg_constraint'::regclass, c.oid) NOT IN (SELECT classid, objid FROM of_extension)
   AND contype IN ('c', 'f', 'p', 'u', 'x', 'n')
   /* of a foreign key to a partitioned table the server makes one for each partition, and finds them names */
   AND NOT EXISTS (SELECT FROM pg_constraint w WHERE w.oid = c.conparentid AND w.conrelid = c.conrelid);
/* a partitioned index that all partitions have may be left invalid, which nothing can make */
SELECT format('index valid %s clustered %s tablespace %s part of %s: %s', indisvalid OR c.relkind = 'I' AND
	(SELECT count(*) FROM pg_inherits p WHERE p.inhparent = indexrelid) = (SELECT count(*) FROM pg_inherits p WHERE p.inhparent = indrelid),
	indisclustered, spcname,
	inhparent::regclass, pg_get_indexdef(indexrelid))
  FROM pg_index JOIN own_class c ON c.oid = indexrelid
  LEFT JOIN pg_inherits h ON h.inhrelid = indexrelid LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace;
SELECT format('index %s column %s statistics %s', attrelid::regclass, attnum, attstattarget)
  FROM pg_attribute JOIN own_class c ON c.oid = attrelid WHERE relkind IN ('i', 'I') AND attstattarget >= 0;
SELECT format('statistics object target %s: %s', nullif(stxstattarget, -1),
	replace(pg_get_statisticsobjdef(x.oid), ' ON ' || by_number, ' ON ' || by_name))
  FROM pg_statistic_ext x, LATERAL (SELECT coalesce(string_agg(quote_ident(attname), ', ' ORDER BY attnum), '') AS by_number,
	coalesce(string_agg(quote_ident(attname), ', ' ORDER BY attname), '') AS by_name
	FROM pg_attribute WHERE attrelid = stxrelid AND attnum = ANY (stxkeys::int2[])) c
 WHERE stxnamespace IN (SELECT oid FROM own_schema)
   AND ('pg_statistic_ext'::regclass, x.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('trigger enabled %s: %s', tgenabled, pg_get_triggerdef(t.oid))
  FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
 WHERE NOT tgisinternal AND relnamespace IN (SELECT oid FROM own_schema);
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
SELECT format('member of family %I.%I using %s: %s', opfnamespace::regnamespace, opfname, amname,
	pg_describe_object(m.class, m.oid, 0))
  FROM (SELECT 'pg_amop'::regclass, oid, amopfamily FROM pg_amop UNION ALL SELECT 'pg_amproc'::regclass, oid, amprocfamily
	FROM pg_amproc) m(class, oid, family)
  JOIN pg_opfamily f ON f.oid = m.family JOIN pg_am a ON a.oid = opfmethod
 WHERE m.oid >= 16384 AND (m.class, m.oid) NOT IN (SELECT classid, objid FROM of_extension)
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = m.class AND d.objid = m.oid AND d.refclassid = 'pg_opclass'::regclass)
   AND ('pg_opfamily'::regclass, f.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('transform of %s in %I from %s to %s', trftype::regtype, lanname, trffromsql, trftosql)
  FROM pg_transform t JOIN pg_language l ON l.oid = trflang
 WHERE ('pg_transform'::regclass, t.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('language %I trusted %s handler %s inline %s validator %s', lanname, lanpltrusted, lanplcallfoid::regproc,
	laninline::regproc, lanvalidator::regproc)
  FROM pg_language l WHERE ('pg_language'::regclass, l.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('access method %I type %s handler %s', amname, amtype, amhandler)
  FROM pg_am a WHERE ('pg_am'::regclass, a.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT EXISTS (SELECT FROM pg_seclabel) AS has_labels \gset
\if :has_labels
	SELECT format('security label of %s %s from %s: %L', objtype, objname, provider, label) FROM pg_seclabels;
\endif

-- privileges and comments
SELECT format('grant on %s: %s to %s grantable %s', c.oid::regclass, privilege_type, coalesce(r.rolname, 'public'), is_grantable)
  FROM own_class c, aclexplode(relacl) LEFT JOIN pg_roles r ON r.oid = grantee
 WHERE grantee <> relowner;
SELECT format('grant on %s.%I: %s to %s', attrelid::regclass, attname, privilege_type, coalesce(r.rolname, 'public'))
  FROM pg_attribute JOIN own_class c ON c.oid = attrelid AND NOT attisdropped, aclexplode(attacl) LEFT JOIN pg_roles r ON r.oid = grantee;
SELECT format('grant on %s: %s to %s', p.oid::regprocedure, privilege_type, r.rolname)
  FROM pg_proc p, aclexplode(proacl) JOIN pg_roles r ON r.oid = grantee
 WHERE pronamespace IN (SELECT oid FROM own_schema) AND grantee <> proowner /* public has a line of its own below */
   AND ('pg_proc'::regclass, p.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('owner of %s has %s', c.oid::regclass, string_agg(privilege_type, ',' ORDER BY privilege_type))
  FROM own_class c, aclexplode(coalesce(relacl, acldefault(CASE relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", relowner)))
 WHERE grantee = relowner AND relkind IN ('r', 'p', 'v', 'm', 'S', 'f') GROUP BY c.oid;
SELECT format('function %s: public may execute %s', p.oid::regprocedure,
	EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) WHERE grantee = 0))
  FROM pg_proc p WHERE pronamespace IN (SELECT oid FROM own_schema);
SELECT format('default for %s in %s on %s: %s to %s grantable %s', pg_get_userbyid(defaclrole), nspname, defaclobjtype,
	privilege_type, coalesce(r.rolname, 'public'), is_grantable)
  FROM pg_default_acl d LEFT JOIN pg_namespace n ON n.oid = defaclnamespace, aclexplode(defaclacl)
  LEFT JOIN pg_roles r ON r.oid = grantee;
SELECT format('grant on %s %s: %s to %s grantable %s', word, name, privilege_type, coalesce(r.rolname, 'public'), is_grantable)
  FROM (SELECT 'language', lanname, coalesce(lanacl, acldefault('l', lanowner)) FROM pg_language
	UNION ALL SELECT 'server', srvname, coalesce(srvacl, acldefault('S', srvowner)) FROM pg_foreign_server
	UNION ALL SELECT 'wrapper', fdwname, coalesce(fdwacl, acldefault('F', fdwowner)) FROM pg_foreign_data_wrapper)
	x(word, name, acl), aclexplode(acl)
  LEFT JOIN pg_roles r ON r.oid = grantee;

-- publications, foreign data, text search
SELECT format('publication %I %s', pubname, to_jsonb(p) - 'oid' - 'pubowner') FROM pg_publication p;
SELECT format('publication %I has %s: %s', pubname, prrelid::regclass, to_jsonb(r) - 'oid' - 'prpubid' - 'prrelid' - 'prqual')
  FROM pg_publication_rel r JOIN pg_publication p ON p.oid = prpubid;
SELECT current_setting('server_version_num')::int >= 150000 AS has_filters \gset
\if :has_filters
SELECT format('publication %I filters %s by %s', pubname, prrelid::regclass, pg_get_expr(prqual, prrelid))
  FROM pg_publication_rel JOIN pg_publication p ON p.oid = prpubid;
SELECT format('publication %I has schema %s', pubname, pnnspid::regnamespace)
  FROM pg_publication_namespace JOIN pg_publication p ON p.oid = pnpubid;
\endif
SELECT format('wrapper %I options %s', fdwname, (SELECT array_agg(o ORDER BY o) FROM unnest(fdwoptions) o))
  FROM pg_foreign_data_wrapper w WHERE ('pg_foreign_data_wrapper'::regclass, w.oid) NOT IN (SELECT classid, objid FROM of_extension);
SELECT format('server %I of %I type %s version %s options %s', srvname, fdwname, srvtype, srvversion,
	(SELECT array_agg(o ORDER BY o) FROM unnest(srvoptions) o))
  FROM pg_foreign_server s JOIN pg_foreign_data_wrapper w ON w.oid = srvfdw;
SELECT format('user mapping %s on %I options %s', usename, srvname, umoptions) FROM pg_user_mappings;
SELECT format('foreign table %s of %I options %s', ftrelid::regclass, srvname, (SELECT array_agg(o ORDER BY o) FROM unnest(ftoptions) o))
  FROM pg_foreign_table JOIN pg_foreign_server s ON s.oid = ftserver;
SELECT format('column %s.%I foreign options %s', attrelid::regclass, attname, attfdwoptions)
  FROM pg_attribute WHERE attfdwoptions IS NOT NULL AND NOT attisdropped;
SELECT format('dictionary %s template %s options %s', d.oid::regdictionary, tmplname, dictinitoption)
  FROM pg_ts_dict d JOIN pg_ts_template t ON t.oid = dicttemplate WHERE dictnamespace IN (SELECT oid FROM own_schema);
SELECT format('parser %s.%I: %s %s %s %s %s', prsnamespace::regnamespace, prsname, prsstart, prstoken, prsend, prsheadline, prslextype)
  FROM pg_ts_parser WHERE prsnamespace IN (SELECT oid FROM own_schema);
SELECT format('template %s.%I: %s %s', tmplnamespace::regnamespace, tmplname, tmplinit, tmpllexize)
  FROM pg_ts_template WHERE tmplnamespace IN (SELECT oid FROM own_schema);
SELECT format('configuration %s: %s by %s', c.oid::regconfig, t.alias,
	(SELECT string_agg(mapdict::regdictionary::text, ',' ORDER BY mapseqno) FROM pg_ts_config_map
	  WHERE mapcfg = c.oid AND maptokentype = t.tokid))
  FROM pg_ts_config c, ts_token_type(cfgparser) t WHERE cfgnamespace IN (SELECT oid FROM own_schema);
SELECT format('comment on %s %s: %L', o.type, o.identity, description)
  FROM (SELECT * FROM pg_description WHERE objoid >= 16384 OFFSET 0) d /* those of PostgreSQL's own objects are thousands */,
	pg_identify_object(d.classoid, d.objoid, d.objsubid) o
 WHERE (o.schema IN (SELECT nspname FROM own_schema) OR o.schema IS NULL AND o.type IN ('extension', 'publication', 'server', 'foreign-data wrapper', 'event trigger', 'cast')
	OR o.type IN ('trigger', 'policy', 'table constraint', 'domain constraint', 'table column', 'view column',
	'materialized view column', 'rule')
	   AND split_part(regexp_replace(o.identity, '^.* on ', ''), '.', 1) IN (SELECT nspname FROM own_schema))
   AND (classoid, objoid) NOT IN (SELECT classid, objid FROM of_extension)
   AND NOT (o.type = 'schema' AND o.identity IN ('public', 'lexo')) AND o.identity <> 'plpgsql';
