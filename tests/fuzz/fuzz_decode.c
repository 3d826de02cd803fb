/* Whatever a server sends as a value, as a cell of a result or as a row of COPY: a value comes out, or it is refused;
 * and what came out goes back to the server and comes out the same again.
 * SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <string.h>

#include "runtime/codec.h"
#include "runtime/parameters.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Four columns of each codec: NOT NULL, nullable, an array, and a multirange or an array once more. */
enum { FORMS = 4, COLUMNS = (LEXO_CODEC_COUNT - 1) * FORMS, CELL = 128, LAST_OID = 5000 };
static const lexo_str label_texts[] = {{"a", 1}, {"ab", 2}, {"a b", 3}};
static const lexo_enum labels = {"public", "letters", label_texts, 3};
static const unsigned forms[FORMS] = {0, LEXO_NULLABLE, LEXO_ARRAY | LEXO_NULLABLE, LEXO_ARRAY | LEXO_NULLABLE};
/* A composite with a member of each way to decode. */
struct pair {
	lexo_opt_i32 number;
	lexo_str name, amount;
	uint32_t label;
	lexo_i32_range_array spans;
};
struct opt_pair {
	bool has;
	struct pair v;
};
static const lexo_column members[] = {
    {.name = "number",
     .oid = 23,
     .row = offsetof(struct pair, number),
     .codec = LEXO_CODEC_I32,
     .flags = LEXO_NULLABLE},
    {.name = "name", .oid = 25, .row = offsetof(struct pair, name), .codec = LEXO_CODEC_TEXT, .flags = LEXO_NULLABLE},
    {.name = "amount",
     .oid = 1700,
     .row = offsetof(struct pair, amount),
     .codec = LEXO_CODEC_NUMERIC,
     .flags = LEXO_NULLABLE},
    {"label", {&labels}, 16384, 0, offsetof(struct pair, label), 0, 0, LEXO_CODEC_ENUM, LEXO_NULLABLE},
    {.name = "spans",
     .oid = 4451,
     .row = offsetof(struct pair, spans),
     .codec = LEXO_CODEC_I32_RANGE,
     .flags = LEXO_NULLABLE | LEXO_ARRAY | LEXO_MULTIRANGE},
};
static const lexo_composite composite = {
    "public",
    "pair",
    "public.pair",
    members,
    sizeof members / sizeof *members,
    {sizeof(struct pair), _Alignof(struct pair), sizeof(struct opt_pair), offsetof(struct opt_pair, v)}};
static lexo_column columns[COLUMNS];
static lexo_model model = {.name = "m", .columns = columns, .column_count = COLUMNS, .row_size = COLUMNS * CELL};
static lexo_db db = {.alloc = lx_libc_alloc};
static lexo_arena *arena;

static void prepare(void)
{
	if (arena)
		return;
	arena = lexo_arena_new(0);
	for (uint32_t i = 0; i < COLUMNS; i++) {
		lexo_column *column = &columns[i];
		*column = (lexo_column){.name = "x", .row = i * CELL, .codec = (uint16_t)(1 + i / FORMS)};
		column->flags = (uint16_t)forms[i % FORMS];
		if (lx_codec(column->codec)->bound && i % FORMS == FORMS - 1)
			column->flags |= LEXO_MULTIRANGE;
		if (column->codec == LEXO_CODEC_ENUM)
			column->type.labels = &labels;
		if (column->codec == LEXO_CODEC_COMPOSITE) {
			column->type.composite = &composite;
			column->element_oid = 16384;
		}
		for (uint32_t oid = 1; oid < LAST_OID && !column->element_oid; oid++)
			column->element_oid = lx_codec_reads(column->codec, oid) ? oid : 0;
		if (lx_layout(column)->opt_size > CELL)
			abort();
	}
}

/* The bytes of the value at FIELD in the plain form; in memory of the handle. */
static struct lx_slice encode(const lexo_column *column, const void *field)
{
	lx_parameters_clear(&db);
	if (lx_encode(&db, column, field) != LX_ENCODED)
		return (struct lx_slice){NULL, 0};
	lx_parameters_place(&db);
	return (struct lx_slice){db.parameters.values[0], (size_t)db.parameters.lengths[0]};
}

/* PostgreSQL takes other bytes for some values than it gives, and text with NUL is none; but once taken it stays. */
static void go_round(const lexo_column *nullable, const char *field)
{
	_Alignas(16) char again[CELL];
	lexo_column column = *nullable;
	bool is_opt = !(column.flags & LEXO_ARRAY) && column.flags & LEXO_NULLABLE;
	size_t at = is_opt ? lx_layout(&column)->opt_value : 0;
	column.flags = (uint16_t)(column.flags & ~(unsigned)LEXO_NULLABLE);
	struct lx_slice bytes = encode(&column, field + at);
	if (!bytes.ptr)
		return;
	char *copy = malloc(bytes.len + 1);
	if (!copy)
		abort();
	memcpy(copy, bytes.ptr, bytes.len);
	if (lx_decode(&column, copy, (int64_t)bytes.len, arena, again) != LX_DECODED)
		abort();
	struct lx_slice second = encode(&column, again);
	if (second.len != bytes.len || (second.len && memcmp(second.ptr, copy, second.len) != 0))
		abort();
	free(copy);
}

static void value(const lexo_column *column, const char *bytes, size_t size)
{
	_Alignas(16) char field[CELL];
	if (lx_decode(column, bytes, (int64_t)size, arena, field) == LX_DECODED)
		go_round(column, field);
}

static void row(char *bytes, size_t size)
{
	_Alignas(16) static char out[COLUMNS * CELL];
	const lexo_column *culprit;
	(void)lx_decode_copied(&model, NULL, bytes, size, arena, out, &culprit);
}

/* A result of one row, whose cells are as long as their first byte says. */
static void result(char *bytes, size_t size)
{
	_Alignas(16) static char out[COLUMNS * CELL];
	static char name[] = "x";
	PGresAttDesc descriptions[COLUMNS];
	const lexo_column *culprit;
	PGresult *made = PQmakeEmptyPGresult(NULL, PGRES_TUPLES_OK);
	for (uint32_t i = 0; i < COLUMNS; i++)
		descriptions[i] = (PGresAttDesc){.name = name, .format = 1};
	if (!made || !PQsetResultAttrs(made, COLUMNS, descriptions))
		abort();
	for (int i = 0; i < COLUMNS; i++) {
		int length = size ? (int)(unsigned char)*bytes % 40 : 39; /* 39: NULL */
		size_t left = size ? size - 1 : 0;
		if (length != 39 && (size_t)length > left)
			length = (int)left;
		if (!PQsetvalue(made, 0, i, bytes + 1, length == 39 ? -1 : length))
			abort();
		size_t step = size == 0 ? 0 : length == 39 ? 1 : (size_t)length + 1;
		bytes += step;
		size -= step;
	}
	(void)lx_decode_row(&model, NULL, made, 0, arena, out, false, &culprit);
	PQclear(made);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	prepare();
	if (size == 0)
		return 0;
	char *bytes = malloc(size + 1); /* a NUL behind it, as libpq has, and nothing else */
	if (!bytes)
		return 0;
	memcpy(bytes, data, size);
	bytes[size] = 0;
	unsigned kind = data[0];
	if (kind < 240)
		value(&columns[kind % COLUMNS], bytes + 1, size - 1);
	else if (kind < 250)
		row(bytes + 1, size - 1);
	else
		result(bytes + 1, size - 1);
	free(bytes);
	lexo_arena_reset(arena);
	return 0;
}
