# A password is given in every way there is, and everything that can go wrong goes wrong: it is in no output, no file, no row,
# not in the process's title, and in no core file.
# SPDX-License-Identifier: Apache-2.0
. "$LEXO_TEST_SRCDIR/tests/live/lib.sh"
unset LEXO_DATABASE_URL DATABASE_URL
word=Zq7canaryXw
fault=$LEXO_TEST_BUILDDIR/tests/tools/.libs/fault.so
role=lexo_secret_$$

mkdir -p project/models && cd project || exit 1
echo '[lexo]' >lexo.ini
printf 'lexo 1\n\nmodel Book {\n  id int8 @id\n}\n' >models/m.lexo
"$LEXO" -q revision --autogenerate -m one --rev-id a >/dev/null
printf 'lexo 1\n\nmodel Book {\n  id int8 @id\n  title text?\n}\n' >models/m.lexo
"$LEXO" -q revision --autogenerate -m two --rev-id b >/dev/null
sed -i 's/^ALTER TABLE public.book ADD/SELECT 1 \/ 0;\n&/' migrations/b_two.sql && "$LEXO" -q hash --force >/dev/null
cd ..

tried=0 told=0
# leaks WHAT FILE…
leaks() {
	local what=$1
	shift
	tried=$((tried + 1))
	if grep -q "$word" "$@"; then
		told=$((told + 1))
		echo "# told by $what:"
		grep -h "$word" "$@" | head -n 3 | sed 's/^/#   /'
	fi
}
# tries WHAT ARGUMENT…: with each form of output
tries() {
	local what=$1 more
	shift
	for more in '-v --raiseerr' '--output json'; do
		# shellcheck disable=SC2086
		(cd project && timeout 20 "$LEXO" $more "$@") >out 2>err </dev/null
		leaks "$what, $more" out err
	done
}
whole() { # TEXT
	[ "$told" = 0 ] && [ "$tried" -gt 0 ] && pass "$1: $tried outputs" || flunk "$1: $told of $tried outputs tell"
	tried=0 told=0
}

# --- in the URL, with a server that is not there, with options that are not, with commands that cannot go on ----------
socket=$(printf %s "$PGHOST" | sed 's|/|%2F|g')
urls() { # HOST-IN-URL HOST PORT DATABASE
	printf '%s\n' "postgresql://$role:$word@$1:$3/$4" "postgres://$role:$word@$1:$3,$1:$3/$4?sslmode=disable" \
		"postgresql://$1:$3/$4?user=$role&password=$word" "postgresql://$1:$3/$4?p%61ssword=$word&user=$role" \
		"postgresql://$role:$word/@?#$word@$1:$3/$4" "postgresql://$1:$3/$4?sslpassword=$word&user=$role" \
		"host=$2 port=$3 user=$role password=$word dbname=$4" "password = '$word $word' host=$2 port=$3 user=$role dbname=$4" \
		"password='x\\'$word' host=$2 port=$3 dbname=$4" "password=x://$word@y host=$2 port=$3 dbname=$4" \
		"host=$2 password=$word port=no" "host=$2 password=$word nonsense=1" "password='$word" "postgresql://$role:$word@[::1/$4" \
		"postgresql://$role:$word@$1:99999/$4" "mysql://$role:$word@$1/$4"
}
urls localhost 127.0.0.1 1 x >refused
urls "$socket" "$PGHOST" "$PGPORT" "nowhere_$$" >absent
while IFS= read -r url; do
	for command in current upgrade 'downgrade -1' 'stamp head' status 'verify --db' 'check --database' history; do
		# shellcheck disable=SC2086
		tries "$command with $url" $command -u "$url"
	done
	tries "--url=$url" current "--url=$url"
	tries "-u$url" current "-u$url"
	tries "pull $url" pull "$url" -o pulled
	tries "diff $url" diff empty "$url"
	tries "an unknown option with $url" current -u "$url" --nonsense
	tries "an unknown command with $url" nonsense -u "$url"
	tries "one too many with $url" current "$url" "$url"
	LEXO_DATABASE_URL=$url tries "the environment's $url" current
done <<-END
	$(sed -n '1p;8p' refused)
	$(sed -n '3p;10p' absent)
END
whole 'URLs of servers and databases that are not there'
while IFS= read -r url; do
	tries "current with $url" current -u "$url"
done <<-END
	$(cat refused absent)
END
whole 'all of them'

# --- in lexo.ini, right and wrong ----------------------------------------------------------------------------------------
for text in "url = postgresql://$role:$word@localhost:1/x" "ulr = postgresql://$role:$word@localhost:1/x" \
	"url = postgresql://$role:%(word)s@localhost:1/x" "url = postgresql://$role:$word%(no)s@localhost:1/x" \
	"url postgresql://$role:$word@localhost:1/x" "url = host=127.0.0.1 port=1 password=$word"; do
	printf '[lexo]\n%s\n' "$text" >project/lexo.ini
	tries "lexo.ini: $text" -x "word=$word" current
	tries "lexo.ini: $text" -x "word=$word" upgrade
	tries "lexo.ini: $text" heads
done
echo '[lexo]' >project/lexo.ini
whole 'lexo.ini'

# --- a server that asks for it -------------------------------------------------------------------------------------------
rules=$(sql 'SHOW hba_file')
good="postgresql://$role:$word@/$PGDATABASE?host=$PGHOST&port=$PGPORT"
sql "SET password_encryption = 'scram-sha-256'; CREATE ROLE $role LOGIN PASSWORD '$word'" >/dev/null
sql "GRANT CREATE ON SCHEMA public TO $role; GRANT CREATE ON DATABASE $PGDATABASE TO $role"
if [ -w "$rules" ]; then
	cp -p "$rules" rules
	{ echo "local all $role scram-sha-256"; cat rules; } >"$rules"
	sql 'SELECT pg_reload_conf()' >/dev/null
	sleep 0.3
fi
tries 'a revision that fails' upgrade -u "$good"
tries 'what is applied' current -u "$good"
PGPASSWORD=$word tries 'PGPASSWORD' current -u "postgresql://$role@/$PGDATABASE?host=$PGHOST&port=$PGPORT"
PGPASSWORD=not_$word tries 'a wrong PGPASSWORD' current -u "postgresql://$role@/$PGDATABASE?host=$PGHOST&port=$PGPORT"
tries 'a wrong password' current -u "$(printf %s "$good" | sed "s/:$word/:not_$word/")"
printf '*:*:*:%s:%s\n' "$role" "$word" >pass && chmod 600 pass
PGPASSFILE=$PWD/pass tries 'a password file' status -u "postgresql://$role@/$PGDATABASE?host=$PGHOST&port=$PGPORT"
printf '[it]\nhost=%s\nport=%s\nuser=%s\npassword=%s\ndbname=%s\n' "$PGHOST" "$PGPORT" "$role" "$word" "$PGDATABASE" >services
PGSERVICEFILE=$PWD/services tries 'a service' current -u service=it
PGSERVICEFILE=$PWD/services tries 'a service without a URL' -x a=b current -u 'postgresql://?service=it'
[ ! -e rules ] || { cat rules >"$rules" && sql 'SELECT pg_reload_conf()' >/dev/null; }
"$PSQL" -XAtq -d "$LEXO_TEST_URL" -c 'SELECT * FROM lexo.history, lexo.head' -c 'SELECT * FROM pg_stat_activity' >rows 2>&1
leaks 'the history' rows
whole 'a server that asks'

# --- no memory, at any moment ----------------------------------------------------------------------------------------------
case ${BINDINGS_CFLAGS:-} in *sanitize*) fault= ;; esac
if [ -n "$fault" ] && [ -e "$fault" ]; then
	for n in $(seq 1 7 300); do
		(cd project && FAULT=memory FAULT_AT=$n LD_PRELOAD=$fault "$LEXO" -v upgrade -u "$good") >out 2>err </dev/null
		leaks "no memory at $n" out err
	done
	whole 'no memory'
fi

# --- while it runs: the title, and what a crash leaves ----------------------------------------------------------------------
sed -i 's/^SELECT 1 \/ 0;/SELECT pg_sleep(30);/' project/migrations/b_two.sql && (cd project && "$LEXO" -q hash --force >/dev/null)
mkdir core && cp -a project/. core
(cd core && ulimit -c unlimited 2>/dev/null; exec "$LEXO" -q upgrade -u "$good") >out 2>err </dev/null &
runner=$!
for i in $(seq 100); do
	[ -n "$(sql "SELECT 1 FROM pg_stat_activity WHERE usename = '$role' AND query LIKE '%pg_sleep%'")" ] && break
	sleep 0.1
done
tr '\0' '\n' <"/proc/$runner/cmdline" >title
says 'it runs' '^upgrade$' title
leaks 'the title' title
kill -SEGV "$runner"
case ${BINDINGS_CFLAGS:-} in
*sanitize*) wait "$runner" 2>/dev/null ;;
*)
	wait "$runner" 2>/dev/null
	ls core >left
	grep -q '^core' left && flunk 'no core file' left || pass 'no core file'
	;;
esac
leaks 'its last words' out err
sql "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '$role'" >/dev/null
grep -rl "$word" project core >files
leaks 'files of the project' files
[ -s files ] && flunk 'no file of the project has it' files || pass 'no file of the project has it'
whole 'while it runs'
sql "DROP OWNED BY $role CASCADE; DROP ROLE $role" 2>/dev/null
