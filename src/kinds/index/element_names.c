/* The name that PostgreSQL gives an expression (FigureColname in src/backend/parser/parse_target.c), found from its
 * parse tree. SPDX-License-Identifier: Apache-2.0 */
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>
#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "kinds/index/index.h"
#include "kinds/table/member.h"

struct figured {
	const char *name; /* NULL: PostgreSQL takes "expr" or something weaker */
	int strength;     /* 2: a good name; 1: of a type cast; 0: none */
};
static struct figured figure(const PgQuery__Node *node);

static const char *last_string(size_t count, PgQuery__Node *const *nodes)
{
	for (size_t i = count; i-- > 0;)
		if (nodes[i]->node_case == PG_QUERY__NODE__NODE_STRING)
			return nodes[i]->string->sval;
	return NULL;
}

static struct figured good(const char *name)
{
	return (struct figured){name, name ? 2 : 0};
}

static struct figured figure_cast(const PgQuery__TypeCast *cast)
{
	struct figured inner = figure(cast->arg);
	if (inner.strength > 1 || !cast->type_name)
		return inner;
	const char *type = last_string(cast->type_name->n_names, cast->type_name->names);
	return type ? (struct figured){type, 1} : inner;
}

static struct figured figure_case(const PgQuery__CaseExpr *expr)
{
	struct figured inner = expr->defresult ? figure(expr->defresult) : (struct figured){NULL, 0};
	return inner.strength > 1 ? inner : (struct figured){"case", 1};
}

static const char *sql_value_name(PgQuery__SQLValueFunctionOp op)
{
	static const char *const names[] = {NULL,
					    NULL,
					    "current_date",
					    "current_time",
					    "current_time",
					    "current_timestamp",
					    "current_timestamp",
					    "localtime",
					    "localtime",
					    "localtimestamp",
					    "localtimestamp",
					    "current_role",
					    "current_user",
					    "user",
					    "session_user",
					    "current_catalog",
					    "current_schema"};
	return (size_t)op < sizeof names / sizeof names[0] ? names[op] : NULL;
}

static struct figured figure(const PgQuery__Node *node)
{
	switch ((int)node->node_case) {
	case PG_QUERY__NODE__NODE_COLUMN_REF:
		return good(last_string(node->column_ref->n_fields, node->column_ref->fields));
	case PG_QUERY__NODE__NODE_A_INDIRECTION: {
		const PgQuery__AIndirection *part = node->a_indirection;
		const char *field = last_string(part->n_indirection, part->indirection);
		return field ? good(field) : figure(part->arg);
	}
	case PG_QUERY__NODE__NODE_FUNC_CALL:
		return good(last_string(node->func_call->n_funcname, node->func_call->funcname));
	case PG_QUERY__NODE__NODE_A_EXPR:
		return good(node->a_expr->kind == PG_QUERY__A__EXPR__KIND__AEXPR_NULLIF ? "nullif" : NULL);
	case PG_QUERY__NODE__NODE_TYPE_CAST:
		return figure_cast(node->type_cast);
	case PG_QUERY__NODE__NODE_COLLATE_CLAUSE:
		return figure(node->collate_clause->arg);
	case PG_QUERY__NODE__NODE_CASE_EXPR:
		return figure_case(node->case_expr);
	case PG_QUERY__NODE__NODE_A_ARRAY_EXPR:
		return good("array");
	case PG_QUERY__NODE__NODE_ROW_EXPR:
		return good("row");
	case PG_QUERY__NODE__NODE_COALESCE_EXPR:
		return good("coalesce");
	case PG_QUERY__NODE__NODE_MIN_MAX_EXPR:
		return good(node->min_max_expr->op == PG_QUERY__MIN_MAX_OP__IS_LEAST ? "least" : "greatest");
	case PG_QUERY__NODE__NODE_SQLVALUE_FUNCTION:
		return good(sql_value_name(node->sqlvalue_function->op));
	case PG_QUERY__NODE__NODE_XML_SERIALIZE:
		return good("xmlserialize");
	default:
		return (struct figured){NULL, 0};
	}
}

static const PgQuery__Node *only_target(const PgQuery__ParseResult *tree)
{
	if (tree->n_stmts != 1 || tree->stmts[0]->stmt->node_case != PG_QUERY__NODE__NODE_SELECT_STMT)
		return NULL;
	const PgQuery__SelectStmt *select = tree->stmts[0]->stmt->select_stmt;
	if (select->n_target_list != 1 || select->target_list[0]->node_case != PG_QUERY__NODE__NODE_RES_TARGET)
		return NULL;
	return select->target_list[0]->res_target->val;
}

static const char *expression_name(struct lx_declare *declare, const char *expr)
{
	const char *name = NULL;
	PgQueryProtobufParseResult result =
	    pg_query_parse_protobuf(lx_arena_printf(declare->arena, "SELECT (%s\n)", expr));
	PgQuery__ParseResult *tree =
	    result.error ? NULL
			 : pg_query__parse_result__unpack(NULL, result.parse_tree.len,
							  (const unsigned char *)result.parse_tree.data);
	if (tree) {
		const PgQuery__Node *target = only_target(tree);
		if (target && figure(target).name)
			name = lx_schema_intern_string(declare->schema, figure(target).name);
		pg_query__parse_result__free_unpacked(tree, NULL);
	}
	pg_query_free_protobuf_parse_result(result);
	return name ? name : "expr";
}

static bool is_listed(const struct lx_vec *names, const char *name)
{
	LX_EACH (const char *, other, names)
		if (strcmp(other, name) == 0)
			return true;
	return false;
}

/* Names that are there already get a number (ChooseIndexColumnNames in src/backend/commands/indexcmds.c). */
void lx_index_element_names(struct lx_declare *declare, const struct lx_vec *elements, struct lx_vec *names)
{
	LX_EACH (const struct lx_index_element *, element, elements) {
		const char *origin = element->column ? element->column : expression_name(declare, element->expr.text);
		const char *name = origin;
		for (int i = 1; is_listed(names, name); i++)
			name = lx_arena_printf(declare->arena, "%s%d", origin, i);
		lx_vec_push(declare->arena, names, (void *)(uintptr_t)name);
	}
}
