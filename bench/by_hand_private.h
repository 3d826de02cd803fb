/* What both files of libpq by hand use.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_BY_HAND_PRIVATE_H
#define BENCH_BY_HAND_PRIVATE_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libpq-fe.h>

#include "by_hand.h"

#define EPOCH INT64_C(946684800000000) /* PostgreSQL's, in microseconds */

extern PGconn *by_hand_pg;
static const char *const labels[] = {"unknown", "invoice", "contract", "letter", "report"};

void by_hand_open_inserts(void);
void by_hand_close_inserts(void);

static inline PGresult *must(PGresult *result, const char *what)
{
	switch (PQresultStatus(result)) {
	case PGRES_COMMAND_OK:
	case PGRES_TUPLES_OK:
	case PGRES_SINGLE_TUPLE:
	case PGRES_COPY_IN:
		return result;
	default:
		fprintf(stderr, "%s: %s", what, PQerrorMessage(by_hand_pg));
		exit(1);
	}
}

static inline void command(const char *sql)
{
	PQclear(must(PQexec(by_hand_pg, sql), sql));
}

static inline void put32(char *bytes, uint32_t value)
{
	value = __builtin_bswap32(value);
	memcpy(bytes, &value, sizeof value);
}

static inline void put64(char *bytes, uint64_t value)
{
	value = __builtin_bswap64(value);
	memcpy(bytes, &value, sizeof value);
}
#endif
