/* Functions for many rows, and for rows that may be there already: as declarations and as definitions.
 * SPDX-License-Identifier: Apache-2.0 */
#include "base/arena.h"
#include "codegen/write.h"

struct sink {
	struct lx_c_text *text;
	const struct lx_c_model *model;
	bool is_header;
};

/* Ends the declaration; true when the definition goes on with a body. */
static bool goes_on(const struct sink *sink, bool is_checked)
{
	if (sink->is_header)
		lx_c_print(sink->text, is_checked ? " LEXO_MUST_CHECK;\n" : ";\n");
	else
		lx_c_print(sink->text, "\n{\n");
	return !sink->is_header;
}

static void say(const struct sink *sink, const char *comment)
{
	if (sink->is_header)
		lx_c_print(sink->text, "/* %t */\n", comment);
	else
		lx_c_print(sink->text, "\n");
}

static void write_insert_many(const struct sink *sink)
{
	const struct lx_c_model *model = sink->model;
	say(sink, "All or none.  OUT may be NULL.  LEXO_NOT_FOUND: a trigger kept some out.");
	lx_c_print(sink->text,
		   "lexo_rc %iinsert_many(lexo_db *db, const %i *in, size_t count, lexo_arena *arena,\n\t%i *out)",
		   model->prefix, model->insert, model->rows);
	if (goes_on(sink, true))
		lx_c_print(sink->text, "\treturn lexo_bind_insert_many(db, &lexo_table, in, count, arena, out);\n}\n");
}

static void write_get_many(const struct sink *sink)
{
	const struct lx_c_model *model = sink->model;
	const struct lx_c_column *column = model->primary_key->columns.items[0];
	say(sink, "OUT[i] is the row of KEYS[i], or NULL.");
	lx_c_print(sink->text,
		   "lexo_rc %iget_many(lexo_db *db, const %t *keys, size_t count, lexo_arena *arena,\n\t%i **out)",
		   model->prefix, column->type.plain, model->type);
	if (goes_on(sink, true))
		lx_c_print(sink->text,
			   "\treturn lexo_bind_get_many(db, &lexo_table, &%i, keys, count, arena, out);\n}\n",
			   model->primary_key->table);
}

static void write_upsert(const struct sink *sink, const struct lx_c_key *key)
{
	const struct lx_c_model *model = sink->model;
	const char *update = model->mask_bits == 32   ? "uint32_t update"
			     : model->mask_bits == 64 ? "uint64_t update"
						      : "const uint64_t *update";
	if (!key->upsert)
		return;
	say(sink, "UPDATE: what a row that is there gets; 0: all that is given.  OUT and INSERTED may be NULL.");
	lx_c_print(sink->text,
		   "lexo_rc %i(lexo_db *db, const %i *in, %t,\n\tlexo_arena *arena, %i *out, bool *inserted)",
		   key->upsert, model->insert, update, model->type);
	if (goes_on(sink, true))
		lx_c_print(sink->text,
			   "\treturn lexo_bind_upsert(db, &lexo_table, &%i, in, %tupdate, arena, out, inserted);\n}\n",
			   key->table, model->mask_bits > 64 ? "" : "&");
}

static void write_stream(const struct sink *sink)
{
	const struct lx_c_model *model = sink->model;
	struct lx_c_text *text = sink->text;
	say(sink, "Rows one by one, each valid until the next: LEXO_ROW, then LEXO_DONE or a failure.  Until it is "
		  "closed the\n"
		  " * handle does nothing else.  Closing early cancels, in a transaction it reads the rest.  NULL may "
		  "be closed.");
	if (sink->is_header)
		lx_c_print(text, "typedef struct %i %i;\n", model->stream, model->stream);
	lx_c_print(text, "lexo_rc %istream_open(lexo_db *db, const %i *query, %i **out)", model->prefix, model->query,
		   model->stream);
	if (goes_on(sink, true)) {
		lx_c_print(text, "\tconst lexo_query all = lexo_query_of(query);\n\tlexo_stream *stream = NULL;\n");
		lx_c_print(text, "\tlexo_rc rc = lexo_bind_stream(db, &lexo_table, &all, &stream);\n");
		lx_c_print(text, "\t*out = (%i *)(void *)stream;\n\treturn rc;\n}\n\n", model->stream);
	}
	lx_c_print(text, "lexo_rc %istream_next(%i *stream, const %i **row)", model->prefix, model->stream,
		   model->type);
	if (goes_on(sink, true)) {
		lx_c_print(text, "\tconst void *next = NULL;\n\tlexo_rc rc = "
				 "lexo_bind_stream_next((lexo_stream *)(void *)stream, &next);\n");
		lx_c_print(text, "\t*row = (const %i *)next;\n\treturn rc;\n}\n\n", model->type);
	}
	lx_c_print(text, "void %istream_close(%i *stream)", model->prefix, model->stream);
	if (goes_on(sink, false))
		lx_c_print(text, "\tlexo_bind_stream_close((lexo_stream *)(void *)stream);\n}\n");
}

static void write_copy(const struct sink *sink)
{
	const struct lx_c_model *model = sink->model;
	struct lx_c_text *text = sink->text;
	say(sink, "COPY.  The first row decides which columns get their defaults; a row that does not "
		  "fit is\n"
		  " * LEXO_E_MISUSE and not sent.  The end says whether all are stored, and how many (COUNT may be "
		  "NULL); end and\n"
		  " * abort free the copy.  Until then the handle does nothing else.");
	if (sink->is_header)
		lx_c_print(text, "typedef struct %i %i;\n", model->copy, model->copy);
	lx_c_print(text, "lexo_rc %icopy_begin(lexo_db *db, %i **out)", model->prefix, model->copy);
	if (goes_on(sink, true)) {
		lx_c_print(text, "\tlexo_copy *copy = NULL;\n\tlexo_rc rc = lexo_bind_copy(db, &lexo_table, &copy);\n");
		lx_c_print(text, "\t*out = (%i *)(void *)copy;\n\treturn rc;\n}\n\n", model->copy);
	}
	lx_c_print(text, "lexo_rc %icopy_row(%i *copy, const %i *in)", model->prefix, model->copy, model->insert);
	if (goes_on(sink, true))
		lx_c_print(text, "\treturn lexo_bind_copy_row((lexo_copy *)(void *)copy, in);\n}\n\n");
	lx_c_print(text, "lexo_rc %icopy_end(%i *copy, int64_t *count)", model->prefix, model->copy);
	if (goes_on(sink, true))
		lx_c_print(text, "\treturn lexo_bind_copy_end((lexo_copy *)(void *)copy, count);\n}\n\n");
	lx_c_print(text, "void %icopy_abort(%i *copy)", model->prefix, model->copy);
	if (goes_on(sink, false))
		lx_c_print(text, "\tlexo_bind_copy_abort((lexo_copy *)(void *)copy);\n}\n");
}

void lx_c_write_many(struct lx_c_text *text, const struct lx_c_model *model, bool is_header)
{
	const struct sink sink = {text, model, is_header};
	if (model->has_insert)
		write_insert_many(&sink);
	if (model->has_get_many)
		write_get_many(&sink);
	if (model->has_insert && model->primary_key)
		write_upsert(&sink, model->primary_key);
	LX_EACH (const struct lx_c_key *, key, &model->uniques)
		write_upsert(&sink, key);
	write_stream(&sink);
	if (model->has_insert)
		write_copy(&sink);
}
