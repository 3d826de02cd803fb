# Three databases, and what is said about them: a test reads lib.sh first.
# SPDX-License-Identifier: Apache-2.0
unset LEXO_DATABASE_URL DATABASE_URL

for side in one two three; do
	eval "${side}='postgresql:///${PGDATABASE}_$side?host=$PGHOST&port=$PGPORT&user=$PGUSER'"
done
drop() { for side; do sql "DROP DATABASE IF EXISTS ${PGDATABASE}_$side WITH (FORCE)" "$LEXO_TEST_ADMIN_URL"; done; }
make() { for side; do sql "CREATE DATABASE ${PGDATABASE}_$side TEMPLATE template0" "$LEXO_TEST_ADMIN_URL"; done; }
trap 'drop one two three 2>/dev/null; exit $((failures > 0))' EXIT
major=$(($(sql 'SHOW server_version_num') / 10000))
printf '[lexo]\ntarget_version = %s\n' "$major" >lexo.ini

run_sql() { "$PSQL" -XAtq1 -v ON_ERROR_STOP=1 -d "$1" -f "$2" >out 2>>why </dev/null; }
# becomes FROM-URL TO FILE: the plan applied to FROM-URL gives the catalog in FILE.
becomes() {
	echo "diff $1 $2" >why
	"$LEXO" diff "$1" "$2" --sql >plan.sql 2>>why || return
	cat plan.sql >>why
	# what leaves the transaction has nobody to wait for here
	sed -i '/^-- lexo:step/d; s/ INDEX CONCURRENTLY / INDEX /' plan.sql
	run_sql "$1" plan.sql || return
	catalog now "$1"
	diff "$3" now >>why || return
	"$LEXO" diff "$1" "$2" --exit-code >>why 2>&1
}
# pulled URL FILE: the database as models is the same database.
pulled() {
	rm -rf models
	echo "pull $1" >why
	"$LEXO" -q pull "$1" -o models >>why 2>&1 || return
	cat models/* >>why
	"$LEXO" fmt --check models >>why 2>&1 || return
	"$LEXO" diff "$1" models --exit-code >>why 2>&1 || return
	drop three 2>>why
	make three
	"$LEXO" diff empty models --sql >create.sql 2>>why || return
	cat create.sql >>why
	run_sql "$three" create.sql || return
	catalog now "$three"
	diff "$2" now >>why
}
