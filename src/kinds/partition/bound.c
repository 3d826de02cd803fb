/* SPDX-License-Identifier: Apache-2.0 */
#include "kinds/partition/bound.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "check/declare.h"

static const char *skip_word(const char *text, const char *word)
{
	text += strspn(text, " \t\r\n");
	size_t length = strlen(word);
	if (strncasecmp(text, word, length) != 0 || !strchr(" \t\r\n(", text[length]))
		return NULL;
	return text + length;
}

/* One statement that makes one partition and whose bound reaches to the end of the text. */
static bool is_bound(const char *sql)
{
	PgQueryProtobufParseResult result = pg_query_parse_protobuf(sql);
	PgQuery__ParseResult *tree =
	    result.error ? NULL
			 : pg_query__parse_result__unpack(NULL, result.parse_tree.len,
							  (const unsigned char *)result.parse_tree.data);
	bool is_fine = false;
	if (tree && tree->n_stmts == 1 && tree->stmts[0]->stmt->node_case == PG_QUERY__NODE__NODE_CREATE_STMT) {
		const PgQuery__CreateStmt *create = tree->stmts[0]->stmt->create_stmt;
		is_fine = create->partbound && !create->partspec && !create->access_method[0] && !create->n_options &&
			  !create->tablespacename[0];
	}
	if (tree)
		pg_query__parse_result__free_unpacked(tree, NULL);
	pg_query_free_protobuf_parse_result(result);
	return is_fine;
}

bool lx_partition_bound(struct lx_declare *declare, const struct lx_node *node, struct lx_expr *out)
{
	const char *text = node->text, *after = skip_word(text, "for");
	after = after ? skip_word(after, "values") : skip_word(text, "values");
	if (after)
		text = after;
	text += strspn(text, " \t\r\n");
	bool is_default = strcasecmp(text, "default") == 0;
	const char *sql = lx_arena_printf(declare->arena, "CREATE TABLE p PARTITION OF t %s%s\n",
					  is_default ? "" : "FOR VALUES ", text);
	if (!is_bound(sql)) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0259, node->span, "this does not say which rows the partition holds");
		lx_diag_help(declare->diags, diag,
			     "write `from ('2026-01-01') to ('2027-01-01')`, `in ('a', 'b')`, `with (modulus 4, "
			     "remainder 0)` or `default`");
		return false;
	}
	out->text = lx_schema_intern_string(declare->schema, text);
	out->span = node->span;
	return true;
}
