/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "introspect/catalog.h"
#include "kinds/dictionary/dictionary.h"

/* A quoted name or an escape string of serialize_deflist (src/backend/commands/tsearchcmds.c); TEXT moves behind it. */
static void take_quoted(struct lx_buffer *out, const char **text, bool is_value)
{
	bool has_escapes = **text == 'E';
	const char *at = *text + has_escapes;
	char quote = *at++;
	if (is_value)
		lx_buffer_char(out, '\'');
	for (; *at; at++) {
		if (*at == quote && *++at != quote)
			break;
		if (has_escapes && *at == '\\' && at[1])
			at++;
		if (is_value && *at == '\'')
			lx_buffer_char(out, '\'');
		lx_buffer_char(out, *at);
	}
	if (is_value)
		lx_buffer_char(out, '\'');
	*text = at;
}

/* "stopwords = 'english', maxlen = 3" as "stopwords='english'", "maxlen=3". */
static void read_options(struct lx_arena *arena, const char *text, struct lx_vec *options)
{
	struct lx_buffer option = LX_BUFFER_INIT;
	while (text && *text) {
		lx_buffer_clear(&option);
		for (int part = 0; part < 2; part++) {
			bool is_quoted = *text == '"' || *text == '\'' || (*text == 'E' && text[1] == '\'');
			if (is_quoted)
				take_quoted(&option, &text, part);
			while (*text && !strchr(" =,", *text))
				lx_buffer_char(&option, *text++);
			text += strspn(text, part ? ", " : " =");
			if (!part)
				lx_buffer_char(&option, '=');
		}
		lx_vec_push(arena, options, lx_arena_copy(arena, lx_buffer_text(&option), option.length));
	}
	lx_buffer_free(&option);
}

static void read(struct lx_catalog *catalog, const struct lx_row *row)
{
	struct lx_dictionary *dictionary =
	    lx_catalog_new(catalog, LX_KIND_DICTIONARY, NULL, lx_row_text(row, 1), lx_row_text(row, 2));
	dictionary->template_name = lx_row_text(row, 3);
	dictionary->options.is_ordered = true;
	read_options(lx_catalog_arena(catalog), lx_row_text(row, 4), &dictionary->options.values);
	lx_catalog_add(catalog, &dictionary->base, LX_PG_TS_DICTIONARY, lx_row_oid(row, 0), 0);
}

const struct lx_kind_catalog lx_dictionary_catalog = {
    .query = "SELECT d.oid, n.nspname, d.dictname, CASE WHEN tn.nspname <> 'pg_catalog' THEN"
	     " pg_catalog.quote_ident(tn.nspname) || '.' ELSE '' END || pg_catalog.quote_ident(t.tmplname),"
	     " d.dictinitoption FROM pg_catalog.pg_ts_dict d JOIN pg_catalog.pg_namespace n ON n.oid = d.dictnamespace"
	     " JOIN pg_catalog.pg_ts_template t ON t.oid = d.dicttemplate"
	     " JOIN pg_catalog.pg_namespace tn ON tn.oid = t.tmplnamespace WHERE " LX_USER_SCHEMA(
		 "n.oid") " AND " LX_NOT_MEMBER("'pg_catalog.pg_ts_dict'::regclass",
						"d.oid") " ORDER BY n.nspname, d.dictname",
    .read = read,
};
