/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "check/declare.h"
#include "kinds/kind.h"
#include "kinds/statistics/statistics.h"
#include "kinds/table/member.h"

static const char *const kinds[] = {"ndistinct", "dependencies", "mcv", NULL};

static bool complete_statistics(struct lx_declare *declare, struct lx_object *object, struct lx_member *member)
{
	return lx_index_elements_complete(declare, object->parent, &((struct lx_statistics *)object)->elements,
					  &member->columns);
}

static void read_target(struct lx_declare *declare, const struct lx_node *annotation, struct lx_object *object,
			void *context)
{
	enum { MOST = 10000 };
	(void)context;
	const char *text = lx_attr_text(declare, annotation);
	char *end = NULL;
	long target = text ? strtol(text, &end, 10) : 0;
	if (!text)
		return;
	if (end == text || *end || target < 0 || target > MOST)
		lx_report(declare->diags, LX_E0208, annotation->span, "@target takes a number from 0 to %d", MOST);
	else
		((struct lx_statistics *)object)->target = 1 + target;
}

/* statistics name (a, b, `expr`) @kinds(mcv) @target(100) */
static void declare_statistics(struct lx_declare *declare, const struct lx_item *item, struct lx_object *parent)
{
	static const char *const words[] = {"target", NULL};
	static const struct lx_attr_own own = {words, read_target, NULL};
	struct lx_cursor cursor;
	lx_cursor_init(&cursor, declare->diags, item);
	if (!lx_cursor_need_word(&cursor, "statistics"))
		return;
	const struct lx_node *name = lx_cursor_need_name(&cursor, "the name of the statistics object");
	if (!name)
		return;
	struct lx_member *member;
	struct lx_statistics *statistics =
	    (struct lx_statistics *)lx_member_new(declare, LX_KIND_STATISTICS, name, item, parent, &member);
	member->complete = complete_statistics;
	if (!lx_index_elements(declare, &cursor, false, &statistics->elements, &member->columns)) {
		lx_member_abandon(declare, &statistics->base);
		return;
	}
	lx_attr_parse_own(declare, &cursor, &statistics->base, &own);
	lx_cursor_need_end(&cursor, "the statistics object");
}

static bool has_kind(const struct lx_vec *names, const char *kind)
{
	LX_EACH (const char *, name, names) {
		if (strcmp(name, kind) == 0)
			return true;
	}
	return false;
}

/* In one order, so that only another set is a difference. */
static void resolve_statistics(struct lx_declare *declare, struct lx_object *object)
{
	struct lx_statistics *statistics = (struct lx_statistics *)object;
	struct lx_vec sorted = {NULL, 0, 0};
	for (size_t i = 0; kinds[i]; i++) {
		if (has_kind(&statistics->kinds, kinds[i]))
			lx_vec_push(declare->schema->arena, &sorted, (void *)(uintptr_t)kinds[i]);
	}
	if (sorted.length < statistics->kinds.length) {
		struct lx_diag *diag =
		    lx_report(declare->diags, LX_E0255, object->origin,
			      "'%s' has a kind that PostgreSQL does not know, or one twice", object->source_name);
		lx_diag_help(declare->diags, diag, "the kinds are ndistinct, dependencies and mcv");
	}
	statistics->kinds = sorted;
}

void lx_statistics_print(struct lx_printer *printer, const struct lx_object *object);

const struct lx_kind_source lx_statistics_source = {
    .declare = declare_statistics, .resolve = resolve_statistics, .print = lx_statistics_print};
