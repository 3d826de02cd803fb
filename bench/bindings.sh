# The bindings beside libpq by hand; sourced by run.sh, which has a server and the words.
# SPDX-License-Identifier: Apache-2.0
rows=$((n * 120))
fresh bench_bindings
mkdir "$work/bindings"
(
	cd "$work/bindings"
	"$LEXO" compile -q -o generated --prefix bench "$here/documents.lexo" >/dev/null
	"$LEXO" compile --emit sql "$here/documents.lexo"
	cat <<-SQL
		INSERT INTO lexo_bench.owners SELECT md5('u' || g)::uuid FROM generate_series(0, 999) AS g;
		INSERT INTO lexo_bench.documents (owner_id, title, ocr_text, ocr_confidence, language, classification, tags,
		  metadata, created_at)
		SELECT md5('u' || g % 1000)::uuid, 'Document ' || g || ' of the archive',
		  CASE WHEN g % 5 <> 0 THEN repeat(md5(g::text) || ' lorem ipsum ', 1 + g % 8) END,
		  CASE WHEN g % 5 <> 0 THEN (g % 1000) / 1000.0 END, (ARRAY['en', 'de', 'fr', 'nl'])[1 + g % 4],
		  (ARRAY['unknown', 'invoice', 'contract', 'letter', 'report'])[1 + g % 5]::lexo_bench.doc_class,
		  (ARRAY['tax', '2024', 'scanned', 'needs review'])[1 : g % 5],
		  jsonb_build_object('pages', g % 40, 'source', 'scanner-' || g % 9, 'sha', md5(g::text)),
		  '2024-01-01'::timestamptz + g * interval '61 seconds'
		  FROM generate_series(1, $rows) AS g;
		VACUUM ANALYZE lexo_bench.documents;
	SQL
) >"$work/bindings/setup.sql"
"$PSQL" -Xq -v ON_ERROR_STOP=1 -d "$(url bench_bindings)" -f "$work/bindings/setup.sql"
# shellcheck disable=SC2046 # flags are words
${CC:-gcc} -std=gnu11 -O2 -Wall -Wextra -I "$work/bindings/generated" -I "$here/../include" $(${PKG_CONFIG:-pkg-config} --cflags libpq) \
	-o "$work/bindings/program" "$here/bindings.c" "$here/by_hand.c" "$here/by_hand_insert.c" "$work"/bindings/generated/*.c \
	-L "$builddir/.libs" -llexo -Wl,-rpath,"$builddir/.libs" $(${PKG_CONFIG:-pkg-config} --libs libpq)
for _ in 1 2 3 4 5; do "$work/bindings/program" "$(url bench_bindings)"; done >"$work/bindings/times"
printf '\nbindings, %s rows: microseconds an operation (least of five runs, and processor time of the program)\n' "$rows"
awk -F'\t' '
	{
		key = $1 FS $2
		if (!(key in wall)) { order[++ways] = key; wall[key] = $4 / $3; processor[key] = $5 / $3 }
		if ($4 / $3 < wall[key]) wall[key] = $4 / $3
		if ($5 / $3 < processor[key]) processor[key] = $5 / $3
		if (!($1 in base)) base[$1] = key
	}
	END {
		for (i = 1; i <= ways; i++) {
			key = order[i]
			split(key, part, FS)
			first = base[part[1]]
			printf "%-12s %-28s %9.2f %8.3f   %5.2f x, of processor time %5.2f x\n", part[1], part[2], wall[key] * 1e6,
				processor[key] * 1e6, wall[first] / wall[key], processor[first] / processor[key]
		}
	}' "$work/bindings/times"
