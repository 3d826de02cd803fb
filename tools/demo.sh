# The demo of ./bootstrap, which reads this file: from the models to a migrated PostgreSQL and a program that uses it.
# Everything runs on a private server that is gone at the end; the checkout is left as it was.
# SPDX-License-Identifier: Apache-2.0

# shows COMMAND...: prints the command as a user would type it, runs it, and prints what it says, indented.
shows() {
	printf '\n  %s$ %s%s\n' "$bold" "$*" "$plain"
	shows_log=$logs/demo-command.log
	shows_rc=0
	"$@" >"$shows_log" 2>&1 </dev/null || shows_rc=$?
	sed 's/^/    /' "$shows_log"
	[ "$shows_rc" -eq 0 ] || fail "'$*' ended with $shows_rc" "The steps before it are in $logs."
}

demo_dir=
demo_clean() {
	demo_rc=$?
	trap - EXIT INT TERM HUP
	[ -z "$step_pid" ] || kill "$step_pid" 2>/dev/null || true
	if [ -n "$demo_dir" ]; then
		"$build/lexo" dev stop --dir "$demo_dir/server" >/dev/null 2>&1 || true
		rm -rf "$demo_dir"
	fi
	exit "$demo_rc"
}

demo_migrations() {
	if ls migrations/*.sql >/dev/null 2>&1; then
		shows lexo check
		demo_did_migrations='checked that the migrations lead exactly to the models (lexo check)'
	else
		shows lexo revision --autogenerate --rev-id b342af89685a -m 'tables users and documents'
		demo_did_migrations='wrote the first migration from the models (lexo revision --autogenerate)'
	fi
}

command_demo() {
	prepare "$packages_build $packages_test"
	heading "Building"
	step "Compiling lexo, its runtime and the sample program" make -C "$build" -j "$(jobs)" all || exit

	trap demo_clean EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM HUP
	PATH=$build:$PATH
	export PATH
	demo_dir=$(mktemp -d "${TMPDIR:-/tmp}/lexo-demo.XXXXXX")
	chmod 755 "$demo_dir"

	heading "A private PostgreSQL, in a folder of its own, reachable through a socket only"
	shows lexo dev start --dir "$demo_dir/server"
	DATABASE_URL=$(lexo dev url --dir "$demo_dir/server")
	export DATABASE_URL
	unset LEXO_DATABASE_URL

	heading "From the models to C and SQL"
	shows lexo compile
	demo_migrations

	heading "The database"
	shows lexo upgrade head
	shows lexo current
	shows lexo verify --db

	heading "A C program that uses the generated bindings (examples/documents.c)"
	shows "$build/examples/documents"

	heading "What happened"
	cat <<-END
	  - compiled models/*.lexo into C bindings in generated/
	  - $demo_did_migrations
	  - started a private PostgreSQL, upgraded it to the head revision, verified every checksum in it
	  - ran a C program that inserted users and documents, queried them and printed a table
	  - stopped the server and removed its folder
	END
	heading "What to try next"
	cat <<-END
	  export PATH="$build:\$PATH"
	  lexo dev start                          a private PostgreSQL that stays
	  export DATABASE_URL="\$(lexo dev url)"
	  lexo upgrade head --sql                 the SQL, without running it
	  edit models/documents.lexo, then:
	  lexo revision --autogenerate -m "..."   the migration for your change
	  lexo upgrade head && lexo history -v
	  lexo dev stop
	  ./bootstrap check                       every test
	END
}
