/* What generated code is measured against: libpq as careful people write it, text mode as most do, and binary.
 * Each way of reading returns the sum over its rows, each way of inserting the number of rows; trouble ends the
 * program.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_BY_HAND_H
#define BENCH_BY_HAND_H
#include "bench_models.h"

enum { BY_HAND_LOOKUPS = 5000, BY_HAND_INSERTS = 5000, BY_HAND_TOPS = 10000 };

/* What every way computes from a row, so that all have read the same. */
static inline uint64_t by_hand_sum(const bench_document *row)
{
	uint64_t result = (uint64_t)row->id * 31 + row->owner_id.b[3] + row->title.len * 7 + row->ocr_text.len * 3 +
			  ((uint64_t)row->classification - 1) * 13 + row->language.len + row->tags.len * 17 +
			  row->metadata.len + (uint64_t)row->created_at.us;
	if (row->ocr_confidence.has)
		result += (uint64_t)(row->ocr_confidence.v * 1000 + 0.5f);
	for (size_t i = 0; i < row->tags.len; i++)
		result += row->tags.items[i].len;
	return result;
}

void by_hand_open(const char *conninfo);
void by_hand_close(void);
size_t by_hand_rows(void); /* in the table of documents */
/* Of the first COUNT owners, the ten newest documents each: a query for each owner. */
uint64_t by_hand_top_text(size_t count);
const int64_t *by_hand_ids(void); /* BY_HAND_LOOKUPS of them, scattered */
extern bench_document_ins_new by_hand_new[BY_HAND_INSERTS];
/* Around a way of inserting: an empty table. */
void by_hand_begin_inserts(void);
void by_hand_end_inserts(void);
uint64_t by_hand_inserted(void);

uint64_t by_hand_find_text(size_t count);   /* PQexec, a malloc for each value */
uint64_t by_hand_find_binary(size_t count); /* single rows, copied into an arena */
uint64_t by_hand_stream(size_t count);      /* single rows, read in place */
uint64_t by_hand_get_text(size_t count);
uint64_t by_hand_get_binary(size_t count);
uint64_t by_hand_insert_literals(size_t count); /* a PQexec each */
uint64_t by_hand_insert_binary(size_t count);   /* a PQexecPrepared each */
uint64_t by_hand_copy(size_t count);            /* COPY in binary format */
#endif
