#!/bin/sh
# Runs every fuzz target that was built here for $FUZZ_SECONDS (60), two at a time, starting from its corpus; inputs that
# crash are kept in the build folder and their names printed.   usage: fuzz.sh   (in a build with --enable-fuzzing)
# SPDX-License-Identifier: Apache-2.0
set -u
top=$(cd "$(dirname "$0")/.." && pwd -P)
seconds=${FUZZ_SECONDS:-60}
[ -n "$seconds" ] || seconds=60
targets=$(find tests/fuzz -maxdepth 1 -type f -perm -u+x | sort)
[ -n "$targets" ] || { echo "no fuzz targets were built"; exit 1; }
mkdir -p fuzz-out
# shellcheck disable=SC2016
printf '%s\n' $targets | xargs -P "${JOBS:-2}" -n 1 sh -c '
	name=$(basename "$3")
	mkdir -p "fuzz-out/$name"
	set -- "$1" "$2" "$3" "fuzz-out/$name"
	for folder in "$1/tests/fuzz/corpus/${name#fuzz_}"; do [ ! -d "$folder" ] || set -- "$@" "$folder"; done
	top=$1 seconds=$2 program=$3
	shift 3
	if "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
		-artifact_prefix="fuzz-out/$name-" "$@" >"fuzz-out/$name.log" 2>&1
	then echo "ok $name: $(sed -n "s/^stat::number_of_executed_units: *//p" "fuzz-out/$name.log") inputs"
	else echo "FAILED $name"; tail -n 40 "fuzz-out/$name.log"; exit 1
	fi' sh "$top" "$seconds"
