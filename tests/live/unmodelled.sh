# What the language has no words for is kept as statements, compared, made and taken back: what stands between a user's objects
# and those of an extension, labels, types in C.  What cannot be kept is refused.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
. "$LEXO_TEST_SRCDIR/tests/live/databases-lib.sh"
make one
has_extension=true
sql 'CREATE EXTENSION hstore' "$one" 2>/dev/null || has_extension=
drop one

with_extension() { # SIDE…: an extension with a table, and what the user has beside it
	for side; do
		drop "$side" 2>/dev/null
		make "$side"
		eval "url=\$$side"
		sql "CREATE EXTENSION hstore; CREATE TABLE job (id int PRIMARY KEY, state text NOT NULL, CHECK (id > 0));
			CREATE TABLE event (at date NOT NULL, note text) PARTITION BY RANGE (at);
			ALTER EXTENSION hstore ADD TABLE job; ALTER EXTENSION hstore ADD TABLE event;
			CREATE TABLE mine (id int PRIMARY KEY, job int);
			CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'" "$url"
	done
}
there_and_back() { # TEXT SQL
	[ -n "$has_extension" ] || { echo "ok - $1 # SKIP no contrib modules"; return; }
	with_extension one two three
	sql "$2" "$one"
	catalog first "$one"
	catalog second "$two"
	: >why
	if becomes "$two" "$one" first && becomes "$two" "$three" second &&
		"$LEXO" -q pull "$one" -o models --force >>why 2>&1 && "$LEXO" diff "$one" models --exit-code >>why 2>&1 &&
		"$LEXO" diff "$two" models --sql >plan.sql 2>>why && run_sql "$two" plan.sql && catalog now "$two" &&
		diff first now >>why; then
		pass "$1"
	else
		flunk "$1" why
	fi
}
there_and_back 'a foreign key to a table of an extension' \
	"ALTER TABLE mine ADD CONSTRAINT of_job FOREIGN KEY (job) REFERENCES job ON DELETE CASCADE DEFERRABLE;
	ALTER TABLE mine ADD CONSTRAINT \"Of job\" FOREIGN KEY (id) REFERENCES job NOT VALID;
	COMMENT ON CONSTRAINT of_job ON mine IS 'it''s'"
there_and_back 'a foreign key of a table of an extension' 'ALTER TABLE job ADD CONSTRAINT of_mine FOREIGN KEY (id) REFERENCES mine'
there_and_back "a user's trigger on a table of an extension" \
	'CREATE TRIGGER watch BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION watch(); ALTER TABLE job DISABLE TRIGGER watch'
there_and_back 'a table below one of an extension' \
	'CREATE TABLE own (id int NOT NULL, state text NOT NULL, more text, CONSTRAINT job_id_check CHECK (id > 0));
	ALTER TABLE own INHERIT job'
there_and_back 'a partition of a table of an extension' \
	"CREATE TABLE event_old PARTITION OF event FOR VALUES FROM (MINVALUE) TO ('2020-01-01')"
there_and_back 'privileges on a table of an extension' 'GRANT SELECT ON job TO PUBLIC'

if [ -n "$has_extension" ]; then
	with_extension one
	sql 'CREATE CONSTRAINT TRIGGER late AFTER INSERT ON mine FROM job FOR EACH ROW EXECUTE FUNCTION watch()' "$one"
	runs 1 'what can be neither told nor left out is refused' "$LEXO" -q pull "$one" -o other
	says 'and named' 'L0441.*late on public.mine'
	[ ! -e other ] && pass 'and nothing is written' || flunk 'and nothing is written'
fi

# --- a type in C cannot be replaced where it is used: the server says so before anything is lost ---
type_in_c() { # SIDE CATEGORY
	drop "$1" 2>/dev/null
	make "$1"
	eval "url=\$$1"
	sql "SET client_min_messages = error; CREATE TYPE number;
		CREATE FUNCTION number_in(cstring) RETURNS number LANGUAGE internal IMMUTABLE STRICT AS 'int4in';
		CREATE FUNCTION number_out(number) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'int4out';
		CREATE TYPE number (INPUT = number_in, OUTPUT = number_out, LIKE = int4, CATEGORY = '$2');
		CREATE TABLE t (a number, b int4); INSERT INTO t VALUES ('1', 2)" "$url"
}
type_in_c one U
type_in_c two N
runs 0 'a type in C changes' "$LEXO" diff "$one" "$two" --sql
mv out plan.sql
catalog before "$one"
run_sql "$one" plan.sql && flunk 'it is dropped although it is used' plan.sql || says 'a type that is used is not dropped' 'public.number is used' why
catalog after "$one"
same 'and nothing is lost' before after

# --- labels of a provider, which are only kept here since no server has one loaded ---
drop one
make one
sql "CREATE TABLE t (\"a b\" int4); CREATE FUNCTION f(int4) RETURNS int4 LANGUAGE sql AS 'SELECT 1'; CREATE DOMAIN d AS int4;
	INSERT INTO pg_seclabel SELECT 't'::regclass::oid, 'pg_class'::regclass, n, 'p 1', 'it''s ' || n FROM generate_series(0, 1) n
	UNION ALL SELECT 'f'::regproc, 'pg_proc'::regclass, 0, 'p 1', 'x' UNION ALL SELECT 'd'::regtype::oid, 'pg_type'::regclass, 0, 'p 1', 'x'" "$one"
runs 0 'labels are kept' "$LEXO" diff empty "$one" --sql
grep '^SECURITY' out | LC_ALL=C sort >labels
LC_ALL=C sort >wanted <<'END'
SECURITY LABEL FOR "p 1" ON COLUMN public.t."a b" IS 'it''s 1';
SECURITY LABEL FOR "p 1" ON FUNCTION public.f(integer) IS 'x';
SECURITY LABEL FOR "p 1" ON TABLE public.t IS 'it''s 0';
SECURITY LABEL FOR "p 1" ON TYPE public.d IS 'x';
END
same 'each on its object' wanted labels
runs 0 'in models too' sh -c '"$LEXO" -q pull "$1" -o labelled && "$LEXO" diff "$1" labelled --exit-code' - "$one"
