/* What PostgreSQL does not accept in a generated column, said at compile time.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "check/declare.h"
#include "ir/expr.h"
#include "kinds/column/column.h"
#include "kinds/column/declare.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

/* Functions of pg_proc.dat that are stable or volatile and that people do write into generated columns. */
static const char *const calls[] = {"now",
				    "random",
				    "gen_random_uuid",
				    "uuid_generate_v4",
				    "clock_timestamp",
				    "statement_timestamp",
				    "transaction_timestamp",
				    "timeofday",
				    "nextval",
				    "currval",
				    "lastval",
				    "setval",
				    "current_setting",
				    "to_char",
				    "to_timestamp",
				    "to_date",
				    "age",
				    "concat",
				    "concat_ws",
				    "format",
				    "pg_backend_pid",
				    "txid_current",
				    NULL};
/* The same without parentheses: keywords of the grammar (func_expr_common_subexpr in gram.y). */
static const char *const words[] = {"current_timestamp", "current_date", "current_time", "localtime",
				    "localtimestamp",    "current_user", "session_user", NULL};

struct search {
	struct lx_declare *declare;
	const struct lx_column *column;
	const char *culprit;
	bool is_call;
};

static bool is_listed(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(word, *list) == 0)
			return true;
	return false;
}

static void look(void *context, const char *qualifier, const char *name, bool is_call)
{
	struct search *search = context;
	if (search->culprit || (qualifier && strcmp(qualifier, "pg_catalog") != 0))
		return;
	bool is_column = lx_schema_find(search->declare->schema, LX_KIND_COLUMN, search->column->base.parent, NULL,
					name, NULL) != NULL;
	if (is_call ? is_listed(name, calls) : !is_column && is_listed(name, words)) {
		search->culprit = name;
		search->is_call = is_call;
	}
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (c & 0x80);
}

/* Where WORD stands in the expression, for the caret. */
static struct lx_span place_of(struct lx_declare *declare, const struct lx_node *node, const char *word)
{
	size_t length = strlen(word);
	for (size_t i = 0; i + length <= node->length; i++) {
		if (strncasecmp(node->text + i, word, length) == 0 && (i == 0 || !is_word_byte(node->text[i - 1])) &&
		    !is_word_byte(node->text[i + length]))
			return lx_node_place(declare->diags, node, i, length);
	}
	return node->span;
}

static void check_calls(struct lx_declare *declare, const struct lx_column *column, const struct lx_node *node)
{
	struct search search = {declare, column, NULL, false};
	lx_expr_names(declare->arena, node->text, look, &search);
	if (!search.culprit)
		return;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0345, place_of(declare, node, search.culprit),
					 "%s%s is not immutable: PostgreSQL refuses it in a generated column",
					 search.culprit, search.is_call ? "()" : "");
	lx_diag_help(declare->diags, diag,
		     "use a default (= …) or a trigger; a generated column may only use functions whose result depends "
		     "on nothing but their arguments");
}

/* "lang::regconfig" where lang is text: the cast looks the configuration up by name, which is not immutable. */
static void check_cast(struct lx_declare *declare, const struct lx_node *node, const struct lx_column *used)
{
	static const char *const texts[] = {"text", "varchar", "char", "name", NULL};
	if (!used->type.builtin || used->type.dimensions || !is_listed(used->type.builtin->name, texts))
		return;
	const char *name = used->base.name;
	size_t length = strlen(name);
	for (size_t i = 0; i + length <= node->length; i++) {
		if (strncasecmp(node->text + i, name, length) != 0 || (i > 0 && is_word_byte(node->text[i - 1])))
			continue;
		const char *rest = node->text + i + length;
		rest += *rest == '"';
		rest += strspn(rest, " \t\r\n");
		if (strncmp(rest, "::", 2) != 0)
			continue;
		rest += 2 + strspn(rest + 2, " \t\r\n");
		if (strncasecmp(rest, "regconfig", 9) != 0 || is_word_byte(rest[9]))
			continue;
		size_t cast = (size_t)(rest + 9 - node->text) - i;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0345, lx_node_place(declare->diags, node, i, cast),
						 "%s::regconfig is not immutable while '%s' is %s", name,
						 used->base.source_name, used->type.builtin->name);
		struct lx_span type = lx_column_type_span(&used->base);
		lx_diag_label(declare->diags, diag, type, "make this regconfig");
		lx_diag_fix(declare->diags, diag, type, "regconfig", "declare the column as regconfig");
		lx_diag_help(
		    declare->diags, diag,
		    "declare '%s' as regconfig and leave the cast out; text is looked up by name each time, so "
		    "PostgreSQL says: generation expression is not immutable",
		    used->base.source_name);
		return;
	}
}

void lx_column_check_generated(struct lx_declare *declare, const struct lx_column *column, const struct lx_node *node)
{
	check_calls(declare, column, node);
	struct lx_vec mentioned = lx_member_mentions(declare, column->base.parent, node->text);
	LX_EACH (const struct lx_column *, used, &mentioned) {
		check_cast(declare, node, used);
		if (!used->generated.text)
			continue;
		struct lx_diag *diag = lx_report(declare->diags, LX_E0347, place_of(declare, node, used->base.name),
						 used == column ? "generated column '%s' refers to itself"
								: "'%s' is a generated column itself",
						 used->base.source_name);
		lx_diag_help(declare->diags, diag,
			     "an expression of a generated column may use ordinary columns of the row only");
	}
}
