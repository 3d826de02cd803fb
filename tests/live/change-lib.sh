# change NAME [--loses|--asks] [--same]: reads two versions of a model from standard input, a line of ===== between them, and goes
# the whole way: revision, upgrade, change the model, revision, upgrade.  Then the models and migrations agree, a second
# revision finds nothing, the database equals one made from the changed models alone; one step down it equals what it was,
# up again it is the same, and at base it is empty.
#   --asks    it could be a rename: that is asked first (3), and --allow-drop says no
#   --loses   the change destroys data: it is refused (10) until --allow-drop
#   --same    the database is not meant to differ (a comment of ours, the order of items)
# A script may say what fills the old tables (fill URL), so that the way goes over rows.
# The versions need no "lexo 1" line.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"

# must RC COMMAND…: the step of the current change ends with RC, or the change has failed.
must() {
	local wanted=$1 rc=0
	shift
	"$@" >out 2>err </dev/null || rc=$?
	[ "$rc" -eq "$wanted" ] && return
	printf "'%s' ended with %s, wanted %s\n" "$*" "$rc" "$wanted" >why
	cat out err >>why
	return 1
}
equal() {
	diff -u "$1" "$2" >difference && return
	{
		printf '%s\n' "$3"
		cat difference
	} >why
	return 1
}

# new_database: an empty database, named in $url; drop_databases drops all of them.
database_count=0
new_database() {
	database_count=$((database_count + 1))
	sql "CREATE DATABASE ${PGDATABASE}_$database_count TEMPLATE template0" "$LEXO_TEST_ADMIN_URL" >/dev/null
	url="postgresql:///${PGDATABASE}_$database_count?host=$PGHOST&port=$PGPORT&user=$PGUSER"
	catalog_empty=$PWD/../empty
	[ -e "$catalog_empty" ] || catalog "$catalog_empty" "$url"
}
drop_databases() {
	while [ "$database_count" -gt 0 ]; do
		sql "DROP DATABASE ${PGDATABASE}_$database_count WITH (FORCE)" "$LEXO_TEST_ADMIN_URL" >/dev/null
		database_count=$((database_count - 1))
	done
}

fill() { :; }
whole_way() { # LOSES SAME
	must 0 "$LEXO" revision --autogenerate -m one --url "$url" || return
	must 0 "$LEXO" upgrade head --url "$url" || return
	must 0 fill "$url" || return
	catalog before "$url"
	cp to models/m.lexo
	if [ -n "$2" ]; then
		cp before after
	else
		if [ -n "$1" ]; then
			must "$1" "$LEXO" revision --autogenerate -m two || return
			must 0 "$LEXO" revision --autogenerate -m two --allow-drop || return
		else
			must 0 "$LEXO" revision --autogenerate -m two || return
		fi
		must 0 "$LEXO" upgrade head --url "$url" || return
		catalog after "$url"
		if cmp -s before after; then
			echo "the change did nothing to the database" >why
			return 1
		fi
	fi
	must 0 "$LEXO" diff migrations models --exit-code || return
	ls migrations >files
	must 0 "$LEXO" revision --autogenerate -m three || return
	ls migrations | diff files - >difference || { echo "a second revision found something"; cat migrations/*three*; } >why
	[ ! -s difference ] || return 1
	must 0 "$LEXO" verify --db --url "$url" || return

	# The same models, without a past.
	mkdir -p fresh/models
	cp to fresh/models/m.lexo
	first_url=$url
	new_database
	(cd fresh && "$LEXO" revision --autogenerate -m all && "$LEXO" upgrade head --url "$url") >why 2>&1 </dev/null || return
	catalog scratch "$url"
	equal scratch after "the changed database (+) is not what the models alone give (-)" || return
	url=$first_url

	if [ -z "$2" ]; then
		must 0 "$LEXO" downgrade -1 --url "$url" || return
		catalog back "$url"
		equal before back "one step down (+) is not what it was before (-)" || return
		must 0 "$LEXO" upgrade head --url "$url" || return
		catalog again "$url"
		equal after again "up again (+) is not the same (-)" || return
	fi
	must 0 "$LEXO" downgrade base --url "$url" || return
	catalog end "$url"
	equal "$catalog_empty" end "something is left at base (+)" || return
}

change() {
	is_next || return 0
	local name=$1 loses='' is_same=''
	shift
	for word; do
		case $word in
		--loses) loses=10 ;;
		--asks) loses=3 ;;
		--same) is_same=yes ;;
		esac
	done
	rm -rf "work"
	mkdir -p work/models
	cd work || exit 99
	awk 'BEGIN { print "lexo 1" >"from"; print "lexo 1" >"to"; file = "from" }
		/^=====$/ { file = "to"; next } { print >file }'
	cp from models/m.lexo
	new_database
	: >why
	if whole_way "$loses" "$is_same"; then
		pass "$name"
	else
		cat migrations/*two*.sql >>why 2>/dev/null
		flunk "$name" why
	fi
	drop_databases
	cd ..
}
