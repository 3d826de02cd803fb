/* Generated bindings beside libpq by hand, on the table of bench/documents.lexo.  Prints for each way a line
 * "group TAB way TAB operations TAB seconds TAB processor seconds TAB checksum TAB"; ways of a group that do not read
 * or write the same end the program.   usage: bindings CONNINFO [GROUP]
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench_models.h"
#include "by_hand.h"

static lexo_db *db;
static lexo_arena *arena;

static void must(lexo_rc rc, const char *what)
{
	if (rc == LEXO_OK)
		return;
	fprintf(stderr, "%s: %s: %s\n", what, lexo_rc_name(rc), lexo_err(db)->message);
	exit(1);
}

static double wall(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double processor(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	       (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static uint64_t sums(const bench_documents *rows)
{
	uint64_t result = 0;
	for (size_t i = 0; i < rows->len; i++)
		result += by_hand_sum(&rows->items[i]);
	return result;
}

/* --- the generated functions -------------------------------------------------------------------------------------- */

static const int64_t *ids;

static uint64_t find(size_t count)
{
	bench_documents rows;
	(void)count;
	must(bench_document_find(db, NULL, arena, &rows), "find");
	uint64_t result = sums(&rows);
	lexo_arena_reset(arena);
	return result;
}

static uint64_t get(size_t count)
{
	uint64_t result = 0;
	for (size_t i = 0; i < count; i++) {
		bench_document row;
		must(bench_document_get(db, ids[i], arena, &row), "get");
		result += by_hand_sum(&row);
		lexo_arena_reset(arena);
	}
	return result;
}

static uint64_t insert(size_t count)
{
	for (size_t i = 0; i < count; i++)
		must(bench_document_ins_insert(db, &by_hand_new[i], NULL, NULL), "insert");
	return by_hand_inserted();
}

static uint64_t stream(size_t count)
{
	uint64_t result = 0;
	bench_document_stream *rows;
	const bench_document *row;
	lexo_rc rc;
	(void)count;
	must(bench_document_stream_open(db, NULL, &rows), "stream");
	while ((rc = bench_document_stream_next(rows, &row)) == LEXO_ROW)
		result += by_hand_sum(row);
	must(rc == LEXO_DONE ? LEXO_OK : rc, "stream");
	bench_document_stream_close(rows);
	return result;
}

/* QUEUED: the call waits. */
static void queued(lexo_rc rc, const char *what)
{
	must(rc == LEXO_QUEUED ? LEXO_OK : rc, what);
}

static uint64_t get_batch(size_t count)
{
	uint64_t result = 0;
	bench_document rows[100];
	for (size_t i = 0; i + 100 <= count; i += 100) {
		must(lexo_batch_begin(db), "batch");
		for (size_t k = 0; k < 100; k++)
			queued(bench_document_get(db, ids[i + k], arena, &rows[k]), "get");
		must(lexo_batch_run(db), "batch");
		for (size_t k = 0; k < 100; k++)
			result += by_hand_sum(&rows[k]);
		lexo_arena_reset(arena);
	}
	return result;
}

static uint64_t get_many(size_t count)
{
	uint64_t result = 0;
	bench_document *rows[100];
	for (size_t i = 0; i + 100 <= count; i += 100) {
		must(bench_document_get_many(db, ids + i, 100, arena, rows), "get_many");
		for (size_t k = 0; k < 100; k++)
			result += by_hand_sum(rows[k]);
		lexo_arena_reset(arena);
	}
	return result;
}

static uint64_t load(size_t count)
{
	uint64_t result = 0;
	bench_owners owners;
	static bench_documents loaded[1000];
	bench_document_query top = {.order = BENCH_DOCUMENT_BY_CREATED_AT_DESC, .limit = 10};
	bench_owner_query first = {.order = BENCH_OWNER_BY_ID, .limit = (uint32_t)(count / 10)};
	must(bench_owner_find(db, &first, arena, &owners), "owners");
	for (size_t i = 0; i + 100 <= owners.len; i += 100)
		must(bench_owner_load_documents(db, owners.items + i, 100, &top, arena, loaded + i), "load");
	for (size_t i = 0; i < owners.len; i++)
		result += sums(&loaded[i]);
	lexo_arena_reset(arena);
	return result;
}

static uint64_t insert_many(size_t count)
{
	for (size_t i = 0; i + 1000 <= count; i += 1000)
		must(bench_document_ins_insert_many(db, &by_hand_new[i], 1000, NULL, NULL), "insert_many");
	return by_hand_inserted();
}

static uint64_t copy(size_t count)
{
	bench_document_ins_copy *rows;
	must(bench_document_ins_copy_begin(db, &rows), "copy");
	for (size_t i = 0; i < count; i++)
		must(bench_document_ins_copy_row(rows, &by_hand_new[i]), "copy");
	must(bench_document_ins_copy_end(rows, NULL), "copy");
	return by_hand_inserted();
}

/* --- measuring ---------------------------------------------------------------------------------------------------- */

static const struct way {
	const char *group, *name;
	uint64_t (*run)(size_t count);
} ways[] = {
    {"find", "text by hand", by_hand_find_text},
    {"find", "binary by hand", by_hand_find_binary},
    {"find", "lexo find", find},
    {"stream", "text by hand", by_hand_find_text},
    {"stream", "binary by hand", by_hand_stream},
    {"stream", "lexo stream", stream},
    {"get", "text by hand", by_hand_get_text},
    {"get", "prepared binary by hand", by_hand_get_binary},
    {"get", "lexo get", get},
    {"get", "lexo batch of 100 gets", get_batch},
    {"get", "lexo get_many, 100 each", get_many},
    {"top 10", "text by hand, one by one", by_hand_top_text},
    {"top 10", "lexo load, for 100 each", load},
    {"insert", "literals by hand", by_hand_insert_literals},
    {"insert", "prepared binary by hand", by_hand_insert_binary},
    {"insert", "lexo insert", insert},
    {"insert", "lexo insert_many, 1000 each", insert_many},
    {"insert", "copy binary by hand", by_hand_copy},
    {"insert", "lexo copy", copy},
};

static size_t operations(const char *group)
{
	if (strcmp(group, "find") == 0 || strcmp(group, "stream") == 0)
		return by_hand_rows();
	if (strcmp(group, "top 10") == 0)
		return BY_HAND_TOPS;
	return strcmp(group, "insert") == 0 ? BY_HAND_INSERTS : BY_HAND_LOOKUPS;
}

static void measure(const struct way *way)
{
	static const char *group;
	static uint64_t expected;
	bool is_insert = strncmp(way->group, "insert", 6) == 0;
	size_t count = operations(way->group);
	if (is_insert)
		by_hand_begin_inserts();
	double begin = wall(), spent = processor();
	uint64_t result = way->run(count);
	spent = processor() - spent;
	begin = wall() - begin;
	if (is_insert)
		by_hand_end_inserts();
	if (group && strcmp(group, way->group) == 0 && result != expected) {
		fprintf(stderr, "%s, %s: another result than the way before\n", way->group, way->name);
		exit(1);
	}
	group = way->group;
	expected = result;
	printf("%s\t%s\t%zu\t%.6f\t%.6f\t%llu\t\n", way->group, way->name, count, begin, spent,
	       (unsigned long long)result);
}

int main(int argc, char **argv)
{
	if (argc != 2 && argc != 3) {
		fputs("usage: bindings CONNINFO [GROUP]\n", stderr);
		return 2;
	}
	arena = lexo_arena_new(0);
	must(lexo_open(argv[1], NULL, &db), "connect");
	by_hand_open(argv[1]);
	ids = by_hand_ids();
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		if (argc < 3 || strcmp(argv[2], ways[i].group) == 0)
			measure(&ways[i]);
	}
	by_hand_close();
	lexo_close(db);
	lexo_arena_free(arena);
	return 0;
}
