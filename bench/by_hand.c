/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* strptime, timegm */
#include "by_hand_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define COLUMNS "id, owner_id, title, ocr_text, ocr_confidence, language, classification, tags, metadata, created_at"
enum { COLUMN_COUNT = 10 };

PGconn *by_hand_pg;
static int64_t lookups[BY_HAND_LOOKUPS];

static int64_t number(const char *sql)
{
	PGresult *result = must(PQexec(by_hand_pg, sql), sql);
	int64_t value = atoll(PQgetvalue(result, 0, 0));
	PQclear(result);
	return value;
}

size_t by_hand_rows(void)
{
	return (size_t)number("SELECT count(*) FROM lexo_bench.documents");
}

uint64_t by_hand_inserted(void)
{
	return (uint64_t)number("SELECT count(*) FROM lexo_bench.documents_ins");
}

void by_hand_begin_inserts(void)
{
	command("TRUNCATE lexo_bench.documents_ins");
}

void by_hand_end_inserts(void)
{
	command("TRUNCATE lexo_bench.documents_ins");
}

void by_hand_open(const char *conninfo)
{
	by_hand_pg = PQconnectdb(conninfo);
	command("SET timezone = 'UTC'");
	PQclear(must(PQprepare(by_hand_pg, "all", "SELECT " COLUMNS " FROM lexo_bench.documents", 0, NULL), "prepare"));
	PQclear(
	    must(PQprepare(by_hand_pg, "get", "SELECT " COLUMNS " FROM lexo_bench.documents WHERE id = $1", 0, NULL),
		 "prepare"));
	uint64_t rows = by_hand_rows(), state = UINT64_C(88172645463325252);
	for (size_t i = 0; i < BY_HAND_LOOKUPS; i++) {
		state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
		lookups[i] = (int64_t)(1 + (state >> 33) % rows);
	}
	by_hand_open_inserts();
}

void by_hand_close(void)
{
	PQfinish(by_hand_pg);
	by_hand_close_inserts();
}

const int64_t *by_hand_ids(void)
{
	return lookups;
}

static uint64_t get64(const char *bytes)
{
	uint64_t value;
	memcpy(&value, bytes, sizeof value);
	return __builtin_bswap64(value);
}

static uint32_t get32(const char *bytes)
{
	uint32_t value;
	memcpy(&value, bytes, sizeof value);
	return __builtin_bswap32(value);
}

/* --- text --------------------------------------------------------------------------------------------------------- */

static int64_t text_time(const char *text)
{
	struct tm fields = {0};
	const char *rest = strptime(text, "%Y-%m-%d %H:%M:%S", &fields);
	int64_t us = 0, unit = 100000;
	if (rest && *rest == '.') {
		for (rest++; *rest >= '0' && *rest <= '9'; rest++, unit /= 10)
			us += (*rest - '0') * unit;
	}
	return (int64_t)timegm(&fields) * 1000000 + us;
}

/* "{a,\"b c\"}" into strings of their own; returns how many, and their length. */
static size_t text_tags(const char *at, char *tags[8], size_t *length)
{
	size_t count = 0;
	for (at++; *at && *at != '}';) {
		char piece[256];
		size_t used = 0;
		bool is_quoted = *at == '"';
		for (at += is_quoted; *at && *at != (is_quoted ? '"' : ',') && (is_quoted || *at != '}'); at++) {
			at += is_quoted && *at == '\\';
			piece[used++] = *at;
		}
		at += is_quoted;
		at += *at == ',';
		piece[used] = 0;
		*length += used;
		tags[count++] = strdup(piece);
	}
	return count;
}

/* Copies every value, as a program that keeps rows does, and adds them up. */
static uint64_t text_row(const PGresult *result, int row)
{
	char *kept[COLUMN_COUNT], *tags[8];
	size_t length = 0, label = 0;
	unsigned byte = 0;
	for (int i = 0; i < COLUMN_COUNT; i++)
		kept[i] = PQgetisnull(result, row, i) ? NULL : strdup(PQgetvalue(result, row, i));
	while (strcmp(labels[label], kept[6]) != 0)
		label++;
	size_t count = text_tags(kept[7], tags, &length);
	sscanf(kept[1] + 6, "%2x", &byte);
	uint64_t result_sum = (uint64_t)atoll(kept[0]) * 31 + byte + strlen(kept[2]) * 7 +
			      (kept[3] ? strlen(kept[3]) : 0) * 3 + label * 13 + strlen(kept[5]) + count * 17 +
			      strlen(kept[8]) + (uint64_t)text_time(kept[9]) + length;
	if (kept[4])
		result_sum += (uint64_t)((float)strtod(kept[4], NULL) * 1000 + 0.5f);
	for (size_t i = 0; i < count; i++)
		free(tags[i]);
	for (int i = 0; i < COLUMN_COUNT; i++)
		free(kept[i]);
	return result_sum;
}

uint64_t by_hand_find_text(size_t count)
{
	PGresult *result = must(PQexec(by_hand_pg, "SELECT " COLUMNS " FROM lexo_bench.documents"), "find");
	uint64_t sum = 0;
	(void)count;
	for (int i = 0; i < PQntuples(result); i++)
		sum += text_row(result, i);
	PQclear(result);
	return sum;
}

uint64_t by_hand_top_text(size_t count)
{
	char sql[512];
	uint64_t sum = 0;
	snprintf(sql, sizeof sql, "SELECT id FROM lexo_bench.owners ORDER BY id LIMIT %zu", count / 10);
	PGresult *owners = must(PQexec(by_hand_pg, sql), "owners");
	for (int i = 0; i < PQntuples(owners); i++) {
		snprintf(sql, sizeof sql,
			 "SELECT " COLUMNS " FROM lexo_bench.documents WHERE owner_id = '%s' ORDER BY created_at DESC, "
			 "id DESC LIMIT 10",
			 PQgetvalue(owners, i, 0));
		PGresult *result = must(PQexec(by_hand_pg, sql), "top");
		for (int row = 0; row < PQntuples(result); row++)
			sum += text_row(result, row);
		PQclear(result);
	}
	PQclear(owners);
	return sum;
}

uint64_t by_hand_get_text(size_t count)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < count; i++) {
		char sql[400];
		snprintf(sql, sizeof sql, "SELECT " COLUMNS " FROM lexo_bench.documents WHERE id = %lld",
			 (long long)lookups[i]);
		PGresult *result = must(PQexec(by_hand_pg, sql), "get");
		sum += text_row(result, 0);
		PQclear(result);
	}
	return sum;
}

/* --- binary ------------------------------------------------------------------------------------------------------- */

/* Memory that is taken back as a whole. */
static struct {
	char *bytes;
	size_t used, size;
} kept;

static char *keep(const char *bytes, size_t length)
{
	if (kept.used + length + 16 > kept.size) {
		fputs("by hand: more rows than memory was taken for\n", stderr);
		exit(1);
	}
	char *copy = kept.bytes + kept.used;
	if (bytes) {
		memcpy(copy, bytes, length);
		copy[length] = 0;
	}
	kept.used += (length + 8) & ~(size_t)7;
	return copy;
}

static lexo_str slice(const PGresult *result, int row, int column, bool is_kept, int skip)
{
	size_t length = (size_t)(PQgetlength(result, row, column) - skip);
	const char *bytes = PQgetvalue(result, row, column) + skip;
	return (lexo_str){is_kept ? keep(bytes, length) : bytes, length};
}

static void binary_row(const PGresult *result, int row, bool is_kept, bench_document *out)
{
	out->id = (int64_t)get64(PQgetvalue(result, row, 0));
	memcpy(out->owner_id.b, PQgetvalue(result, row, 1), 16);
	out->title = slice(result, row, 2, is_kept, 0);
	out->ocr_text = PQgetisnull(result, row, 3) ? (lexo_str){0} : slice(result, row, 3, is_kept, 0);
	out->ocr_confidence.has = !PQgetisnull(result, row, 4);
	if (out->ocr_confidence.has) {
		uint32_t bits = get32(PQgetvalue(result, row, 4));
		memcpy(&out->ocr_confidence.v, &bits, sizeof bits);
	}
	out->language = slice(result, row, 5, is_kept, 0);
	const char *label = PQgetvalue(result, row, 6);
	out->classification = BENCH_DOC_CLASS_UNKNOWN;
	while (strcmp(labels[out->classification - 1], label) != 0)
		out->classification++;
	const char *tags = PQgetvalue(result, row, 7);
	uint32_t count = get32(tags) ? get32(tags + 12) : 0;
	lexo_str *items = (lexo_str *)(void *)keep(NULL, count * sizeof *items);
	tags += 20;
	for (uint32_t i = 0; i < count; i++) {
		uint32_t length = get32(tags);
		items[i] = (lexo_str){is_kept ? keep(tags + 4, length) : tags + 4, length};
		tags += 4 + length;
	}
	out->tags = (lexo_str_array){items, count, NULL};
	lexo_str json = slice(result, row, 8, is_kept, 1);
	out->metadata = (lexo_json){json.ptr, json.len};
	out->created_at.us = (int64_t)get64(PQgetvalue(result, row, 9)) + EPOCH;
}

static uint64_t single_rows(size_t count, bool is_kept)
{
	size_t used = 0;
	uint64_t sum = 0;
	bench_document *rows = malloc((is_kept ? count : 1) * sizeof *rows);
	kept.size = is_kept ? count * 1024 : 4096;
	kept.bytes = malloc(kept.size);
	kept.used = 0;
	PQsendQueryPrepared(by_hand_pg, "all", 0, NULL, NULL, NULL, 1);
	PQsetSingleRowMode(by_hand_pg);
	for (PGresult *result; (result = PQgetResult(by_hand_pg)) != NULL; PQclear(result)) {
		if (PQntuples(must(result, "rows")) != 1)
			continue;
		binary_row(result, 0, is_kept, &rows[used]);
		if (is_kept) {
			used++;
			continue;
		}
		sum += by_hand_sum(rows);
		kept.used = 0;
	}
	for (size_t i = 0; i < used; i++)
		sum += by_hand_sum(&rows[i]);
	free(rows);
	free(kept.bytes);
	return sum;
}

uint64_t by_hand_find_binary(size_t count)
{
	return single_rows(count, true);
}

uint64_t by_hand_stream(size_t count)
{
	return single_rows(count, false);
}

uint64_t by_hand_get_binary(size_t count)
{
	uint64_t sum = 0;
	char room[4096], key[8];
	kept.bytes = room;
	kept.size = sizeof room;
	for (size_t i = 0; i < count; i++) {
		bench_document row;
		put64(key, (uint64_t)lookups[i]);
		kept.used = 0;
		PGresult *result = must(PQexecPrepared(by_hand_pg, "get", 1, (const char *const[]){key},
						       (const int[]){8}, (const int[]){1}, 1),
					"get");
		binary_row(result, 0, true, &row);
		sum += by_hand_sum(&row);
		PQclear(result);
	}
	return sum;
}
