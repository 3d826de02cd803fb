/* Rules of columns that need the resolved type.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "check/annotations.h"
#include "check/declare.h"
#include "ir/expr.h"
#include "kinds/column/column.h"
#include "kinds/column/declare.h"
#include "kinds/domain/domain.h"
#include "kinds/kind.h"
#include "kinds/table/member.h"

/* PostgreSQL 18 has virtual generated columns, and NOT NULL with a name. */
enum { FIRST_WITH_VIRTUAL = 18, FIRST_WITH_NOT_NULL = 18 };

/* The built-in type below domains; NULL: not known to lexo. */
static const struct lx_builtin *base_type(const struct lx_type *type)
{
	for (int depth = 0; depth < 32 && !type->builtin; depth++) {
		if (!type->user || type->user->kind != LX_KIND_DOMAIN)
			return NULL;
		type = &((const struct lx_domain *)type->user)->type;
	}
	return type->builtin;
}

static bool is_one_of(const struct lx_builtin *builtin, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(builtin->name, *names) == 0)
			return true;
	return false;
}

static bool is_integer(const struct lx_type *type)
{
	static const char *const integers[] = {"int2", "int4", "int8", NULL};
	const struct lx_builtin *builtin = base_type(type);
	return builtin && !type->dimensions && is_one_of(builtin, integers);
}

static void check_identity(struct lx_declare *declare, const struct lx_column *column,
			   const struct lx_column_notes *notes)
{
	if (!column->type.is_raw && !is_integer(&column->type)) {
		struct lx_diag *diag = lx_report(declare->diags, LX_E0344, notes->identity->span,
						 "an identity column must be int2, int4 or int8");
		lx_diag_label(declare->diags, diag, notes->type_span, "this type cannot count");
		lx_diag_fix(declare->diags, diag, notes->type_span, "int8", "use int8");
	}
	if (column->is_nullable) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0340, notes->identity->span, "an identity column cannot be null");
		lx_diag_help(declare->diags, diag, "remove the '?' behind the type of '%s'", column->base.source_name);
	}
}

static void check_sources(struct lx_declare *declare, const struct lx_column *column,
			  const struct lx_column_notes *notes)
{
	if (notes->value && notes->identity) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0343, notes->value->span,
			      "'%s' has a default and is an identity column too", column->base.source_name);
		lx_diag_label(declare->diags, diag, notes->identity->span, "the identity");
		lx_diag_help(declare->diags, diag, "keep one of the two");
	}
	if (notes->generated && notes->identity) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0343, notes->generated->span,
			      "'%s' is generated and an identity column too", column->base.source_name);
		lx_diag_label(declare->diags, diag, notes->identity->span, "the identity");
		lx_diag_help(declare->diags, diag, "keep one of the two");
	}
}

static void check_virtual(struct lx_declare *declare, const struct lx_column *column,
			  const struct lx_column_notes *notes)
{
	if (!column->is_virtual)
		return;
	const struct lx_node *node = lx_annotations_find(notes->annotations, "virtual");
	struct lx_span span = node ? node->span : column->base.origin;
	if (!notes->generated)
		lx_diag_help(declare->diags,
			     lx_report(declare->diags, LX_E0350, span, "@virtual on a column that is not generated"),
			     "write 'generated `expression`', or remove @virtual");
	else if (declare->target_version < FIRST_WITH_VIRTUAL)
		lx_diag_help(declare->diags,
			     lx_report(declare->diags, LX_E0350, span,
				       "virtual columns need PostgreSQL 18; the target is %d", declare->target_version),
			     "remove @virtual: the column is stored then; or raise target_version in lexo.ini");
}

static void check_not_null(struct lx_declare *declare, const struct lx_column *column,
			   const struct lx_column_notes *notes)
{
	static const char *const words[] = {"not_null", "not_null_no_inherit", "not_null_not_valid"};
	const struct lx_node *node = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words && !node; i++)
		node = lx_annotations_find(notes->annotations, words[i]);
	if (!node)
		return;
	if (column->is_nullable)
		lx_diag_help(
		    declare->diags,
		    lx_report(declare->diags, LX_E0357, node->span, "@%s on a column that may be null", node->text),
		    "remove it, or the '?' behind the type");
	else if (declare->target_version < FIRST_WITH_NOT_NULL)
		lx_diag_help(declare->diags,
			     lx_report(declare->diags, LX_E0357, node->span,
				       "@%s needs PostgreSQL 18; the target is %d", node->text,
				       declare->target_version),
			     "remove it, or raise target_version in lexo.ini");
}

static void check_collation(struct lx_declare *declare, const struct lx_column *column,
			    const struct lx_column_notes *notes)
{
	static const char *const texts[] = {"text", "varchar", "char", "name", NULL};
	const struct lx_builtin *builtin = base_type(&column->type);
	if (!column->collation || !builtin || is_one_of(builtin, texts))
		return;
	const struct lx_node *node = notes->collation;
	struct lx_diag *diag = lx_report(declare->diags, LX_E0355, node ? node->span : column->base.origin,
					 "type %s has no collation", builtin->name);
	lx_diag_label(declare->diags, diag, notes->type_span, "the type");
	lx_diag_help(declare->diags, diag, "only text types are sorted by a collation: remove @collate");
}

static void check_version(struct lx_declare *declare, const struct lx_column *column,
			  const struct lx_column_notes *notes)
{
	if (!column->is_version || (is_integer(&column->type) && !column->is_nullable))
		return;
	const struct lx_node *node = lx_annotations_find(notes->annotations, "version");
	struct lx_diag *diag = lx_report(declare->diags, LX_E0346, node ? node->span : column->base.origin,
					 "a @version column must be an integer that is never null");
	lx_diag_label(declare->diags, diag, notes->type_span, "the type");
	struct lx_span type = notes->type_span;
	const struct lx_source *source = lx_diags_source_of(declare->diags, type.file);
	type.end += source && source->text[type.end] == '?';
	lx_diag_fix(declare->diags, diag, type, "int4", "use int4");
}

void lx_column_check(struct lx_declare *declare, const struct lx_column *column, const struct lx_column_notes *notes)
{
	check_sources(declare, column, notes);
	check_virtual(declare, column, notes);
	check_not_null(declare, column, notes);
	check_collation(declare, column, notes);
	check_version(declare, column, notes);
	if (notes->identity)
		check_identity(declare, column, notes);
	if (notes->generated)
		lx_column_check_generated(declare, column, notes->generated);
}
