/* SPDX-License-Identifier: Apache-2.0 */
#define _GNU_SOURCE /* gmtime_r */
#include <time.h>

#include "by_hand_private.h"

#define INSERT                                                                                                         \
	"INSERT INTO lexo_bench.documents_ins (owner_id, title, ocr_text, ocr_confidence, language, "                  \
	"classification, tags, metadata, created_at) VALUES "
enum { INSERT_COUNT = 9 };

bench_document_ins_new by_hand_new[BY_HAND_INSERTS];

/* Of the texts of rows to insert. */
static char *pool;
static size_t pool_used;

static lexo_str text(const char *format, size_t number)
{
	char *at = pool + pool_used;
	int length = snprintf(at, 256, format, number, number * 2654435761u);
	pool_used += (size_t)length + 1;
	return (lexo_str){at, (size_t)length};
}

static void fill(size_t i, bench_document_ins_new *row)
{
	static const lexo_str languages[] = {{"en", 2}, {"de", 2}, {"fr", 2}, {"nl", 2}};
	static const lexo_str tags[] = {{"tax", 3}, {"2024", 4}, {"scanned", 7}, {"needs review", 12}};
	*row = (bench_document_ins_new){.title = text("Document %zu of the archive", i)};
	memset(row->owner_id.b, (int)(i % 251), sizeof row->owner_id.b);
	if (i % 5) {
		row->ocr_text = text("%zu lorem ipsum %064zx dolor sit amet", i);
		row->ocr_confidence = (lexo_opt_f32){true, (float)(i % 1000) / 1000.0f};
	}
	row->language = languages[i % 4];
	row->classification = (bench_doc_class)(1 + i % 5);
	row->tags = (lexo_str_array){tags, i % 5 < 4 ? i % 5 : 4, NULL};
	lexo_str json = text("{\"pages\": %zu, \"sha\": \"%032zx\"}", i);
	row->metadata = (lexo_json){json.ptr, json.len};
	row->created_at = (lexo_opt_ts){true, {INT64_C(1704067200000000) + (int64_t)i * 61000000}};
}

void by_hand_open_inserts(void)
{
	pool = malloc((size_t)BY_HAND_INSERTS * 768);
	for (size_t i = 0; pool && i < BY_HAND_INSERTS; i++)
		fill(i, &by_hand_new[i]);
	PQclear(
	    must(PQprepare(by_hand_pg, "insert", INSERT "($1, $2, $3, $4, $5, $6, $7, $8, $9)", 0, NULL), "prepare"));
}

void by_hand_close_inserts(void)
{
	free(pool);
}

static char *literal(char *at, const char *bytes, size_t length, bool is_last)
{
	*at++ = '\'';
	at += PQescapeStringConn(by_hand_pg, at, bytes, length, NULL);
	*at++ = '\'';
	*at++ = is_last ? ')' : ',';
	*at = 0;
	return at;
}

static size_t text_array(const lexo_str_array *array, char *out)
{
	char *at = out;
	*at++ = '{';
	for (size_t i = 0; i < array->len; i++) {
		*at++ = '"'; /* none of ours has a quote or backslash in it */
		memcpy(at, array->items[i].ptr, array->items[i].len);
		at += array->items[i].len;
		*at++ = '"';
		*at++ = i + 1 < array->len ? ',' : ' ';
	}
	*at++ = '}';
	return (size_t)(at - out);
}

uint64_t by_hand_insert_literals(size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const bench_document_ins_new row = by_hand_new[i];
		char sql[4096], piece[512], uuid[37];
		lexo_uuid_format(row.owner_id, uuid);
		char *at = sql + snprintf(sql, sizeof sql, INSERT "(");
		at = literal(at, uuid, 36, false);
		at = literal(at, row.title.ptr, row.title.len, false);
		if (row.ocr_text.ptr) {
			at = literal(at, row.ocr_text.ptr, row.ocr_text.len, false);
			at += sprintf(at, "%.9g,", (double)row.ocr_confidence.v);
		} else {
			at += sprintf(at, "NULL,NULL,");
		}
		at = literal(at, row.language.ptr, row.language.len, false);
		const char *label = labels[row.classification - 1];
		at = literal(at, label, strlen(label), false);
		at = literal(at, piece, text_array(&row.tags, piece), false);
		at = literal(at, row.metadata.ptr, row.metadata.len, false);
		time_t seconds = row.created_at.v.us / 1000000;
		struct tm fields;
		size_t length = strftime(piece, sizeof piece, "%Y-%m-%d %H:%M:%S+00", gmtime_r(&seconds, &fields));
		literal(at, piece, length, true);
		command(sql);
	}
	return by_hand_inserted();
}

/* One row's values; scratch for those that are not in place. */
struct values {
	const char *values[INSERT_COUNT];
	int lengths[INSERT_COUNT];
	char confidence[4], time[8], tags[256], json[256];
};

static void binary_values(const bench_document_ins_new *row, struct values *out)
{
	const lexo_str label = {labels[row->classification - 1], strlen(labels[row->classification - 1])};
	const lexo_str in_place[] = {
	    {(const char *)row->owner_id.b, 16}, row->title, row->ocr_text, {NULL, 0}, row->language, label};
	for (int i = 0; i < 6; i++) {
		out->values[i] = in_place[i].ptr;
		out->lengths[i] = (int)in_place[i].len;
	}
	if (row->ocr_confidence.has) {
		uint32_t bits;
		memcpy(&bits, &row->ocr_confidence.v, sizeof bits);
		put32(out->confidence, bits);
		out->values[3] = out->confidence;
		out->lengths[3] = 4;
	}
	char *at = out->tags;
	const uint32_t header[] = {row->tags.len ? 1 : 0, 0, 25, (uint32_t)row->tags.len, 1};
	for (int i = 0; i < (row->tags.len ? 5 : 3); i++, at += 4)
		put32(at, header[i]);
	for (size_t i = 0; i < row->tags.len; at += 4 + row->tags.items[i].len, i++) {
		put32(at, (uint32_t)row->tags.items[i].len);
		memcpy(at + 4, row->tags.items[i].ptr, row->tags.items[i].len);
	}
	out->values[6] = out->tags;
	out->lengths[6] = (int)(at - out->tags);
	out->json[0] = 1;
	memcpy(out->json + 1, row->metadata.ptr, row->metadata.len);
	out->values[7] = out->json;
	out->lengths[7] = (int)row->metadata.len + 1;
	put64(out->time, (uint64_t)(row->created_at.v.us - EPOCH));
	out->values[8] = out->time;
	out->lengths[8] = 8;
}

uint64_t by_hand_insert_binary(size_t count)
{
	static const int formats[INSERT_COUNT] = {1, 1, 1, 1, 1, 1, 1, 1, 1};
	for (size_t i = 0; i < count; i++) {
		struct values values;
		binary_values(&by_hand_new[i], &values);
		PQclear(
		    must(PQexecPrepared(by_hand_pg, "insert", INSERT_COUNT, values.values, values.lengths, formats, 1),
			 "insert"));
	}
	return by_hand_inserted();
}

uint64_t by_hand_copy(size_t count)
{
	static char bytes[1 << 16] = "PGCOPY\n\377\r\n\0";
	size_t used = 19;
	command(
	    "COPY lexo_bench.documents_ins (owner_id, title, ocr_text, ocr_confidence, language, classification, tags, "
	    "metadata, created_at) FROM STDIN (FORMAT binary)");
	for (size_t i = 0; i < count; i++) {
		struct values row;
		binary_values(&by_hand_new[i], &row);
		bytes[used++] = 0;
		bytes[used++] = INSERT_COUNT;
		for (int k = 0; k < INSERT_COUNT; k++) {
			put32(bytes + used, row.values[k] ? (uint32_t)row.lengths[k] : UINT32_MAX);
			used += 4;
			if (row.values[k]) {
				memcpy(bytes + used, row.values[k], (size_t)row.lengths[k]);
				used += (size_t)row.lengths[k];
			}
		}
		if (used > sizeof bytes / 2) {
			PQputCopyData(by_hand_pg, bytes, (int)used);
			used = 0;
		}
	}
	memset(bytes + used, 0xff, 2);
	PQputCopyData(by_hand_pg, bytes, (int)used + 2);
	PQputCopyEnd(by_hand_pg, NULL);
	for (PGresult *result; (result = PQgetResult(by_hand_pg)) != NULL;)
		PQclear(must(result, "copy"));
	memcpy(bytes, "PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0", 19);
	return by_hand_inserted();
}
