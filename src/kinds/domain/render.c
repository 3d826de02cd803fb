/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "base/arena.h"
#include "diff/follow.h"
#include "ir/expr.h"
#include "kinds/domain/domain.h"
#include "kinds/kind.h"
#include "plan/depends.h"
#include "plan/plan.h"
#include "sql/parts.h"

static void write_identity(struct lx_sql *sql, const struct lx_object *object)
{
	lx_sql_identity(sql, "DOMAIN", object);
}

static void depends(struct lx_depends *depends, const struct lx_object *object)
{
	const struct lx_domain *domain = (const struct lx_domain *)object;
	lx_depend_on_schema(depends, object->schema);
	lx_depend_on_type(depends, &domain->type);
	lx_depend_on_names(depends, domain->collation);
	lx_depend_on_names(depends, domain->default_value.text);
	LX_EACH (const struct lx_domain_check *, check, &domain->checks)
		lx_depend_on_names(depends, check->expr.text);
}

static void follow(struct lx_follow *follow, struct lx_object *copy, const struct lx_object *new)
{
	struct lx_domain *domain = (struct lx_domain *)copy;
	const struct lx_domain *to = (const struct lx_domain *)new;
	struct lx_arena *arena = lx_follow_arena(follow);
	struct lx_vec checks = {0};
	lx_follow_type(follow, &domain->type);
	lx_follow_expr(follow, copy, &domain->default_value, to ? &to->default_value : NULL);
	LX_EACH (const struct lx_domain_check *, old, &domain->checks) {
		struct lx_domain_check *check = LX_NEW(arena, struct lx_domain_check);
		*check = *old;
		lx_vec_push(arena, &checks, check);
		if (!to)
			continue;
		LX_EACH (const struct lx_domain_check *, candidate, &to->checks) {
			if (strcmp(candidate->name, check->name) == 0)
				lx_follow_expr(follow, copy, &check->expr, &candidate->expr);
		}
	}
	domain->checks = checks;
}

static void write_check(struct lx_sql *sql, const struct lx_domain_check *check)
{
	lx_sql_raw(sql, "CONSTRAINT ");
	lx_sql_name(sql, check->name);
	lx_sql_raw(sql, " CHECK (");
	lx_sql_expr(sql, check->expr.text);
	lx_sql_raw(sql, ")");
}

static void alter_domain(struct lx_sql *sql, const struct lx_object *object, const char *action)
{
	lx_sql_raw(sql, "ALTER DOMAIN ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, action);
}

static void add_check(struct lx_sql *sql, const struct lx_object *object, const struct lx_domain_check *check)
{
	alter_domain(sql, object, " ADD ");
	write_check(sql, check);
	if (check->is_not_valid)
		lx_sql_raw(sql, " NOT VALID");
	lx_sql_end(sql);
}

static const struct lx_domain_check *find_check(const struct lx_domain *domain, const char *name)
{
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		if (strcmp(check->name, name) == 0)
			return check;
	}
	return NULL;
}

/* OLD NULL: nothing has been said yet. */
static void write_check_comments(struct lx_sql *sql, const struct lx_domain *old, const struct lx_domain *new)
{
	LX_EACH (const struct lx_domain_check *, check, &new->checks) {
		const struct lx_domain_check *was = old ? find_check(old, check->name) : NULL;
		const char *before = was ? was->comment : NULL;
		if (check->comment == before || (check->comment && before && strcmp(check->comment, before) == 0))
			continue;
		lx_sql_raw(sql, "COMMENT ON CONSTRAINT ");
		lx_sql_name(sql, check->name);
		lx_sql_raw(sql, " ON DOMAIN ");
		lx_sql_object(sql, &new->base);
		lx_sql_raw(sql, " IS ");
		if (check->comment)
			lx_sql_literal(sql, check->comment);
		else
			lx_sql_raw(sql, "NULL");
		lx_sql_end(sql);
	}
}

static void create(struct lx_sql *sql, const struct lx_object *object)
{
	const struct lx_domain *domain = (const struct lx_domain *)object;
	lx_sql_raw(sql, "CREATE DOMAIN ");
	lx_sql_object(sql, object);
	lx_sql_raw(sql, " AS ");
	lx_sql_type(sql, &domain->type);
	if (domain->collation) {
		lx_sql_raw(sql, " COLLATE ");
		lx_sql_reference(sql, domain->collation);
	}
	if (domain->default_value.text) {
		lx_sql_raw(sql, " DEFAULT ");
		lx_sql_expr(sql, domain->default_value.text);
	}
	if (domain->is_not_null)
		lx_sql_raw(sql, " NOT NULL");
	LX_EACH (const struct lx_domain_check *, check, &domain->checks) {
		if (check->is_not_valid)
			continue;
		lx_sql_raw(sql, domain->checks.length > 1 ? "\n    " : " ");
		write_check(sql, check);
	}
	lx_sql_end(sql);
	LX_EACH (const struct lx_domain_check *, later, &domain->checks) {
		if (later->is_not_valid)
			add_check(sql, object, later);
	}
	write_check_comments(sql, NULL, domain);
}

static const struct lx_domain_check *find_same(const struct lx_domain *domain, const struct lx_domain_check *check)
{
	LX_EACH (const struct lx_domain_check *, candidate, &domain->checks) {
		if (lx_expr_equal(candidate->expr.text, check->expr.text) &&
		    candidate->is_not_valid == check->is_not_valid)
			return candidate;
	}
	return NULL;
}

static void drop_check(struct lx_sql *sql, const struct lx_object *object, const struct lx_domain_check *check)
{
	alter_domain(sql, object, " DROP CONSTRAINT ");
	lx_sql_name(sql, check->name);
	lx_sql_end(sql);
}

/* A valid check becomes one that is not only by being made anew. */
static void validate(struct lx_sql *sql, const struct lx_object *object, const struct lx_domain_check *before,
		     const struct lx_domain_check *now)
{
	if (before->is_not_valid && !now->is_not_valid) {
		alter_domain(sql, object, " VALIDATE CONSTRAINT ");
		lx_sql_name(sql, now->name);
		lx_sql_hazard(sql, LX_HAZARD_SCAN, "reads every table that has a column of this domain");
		lx_sql_end(sql);
	} else if (!before->is_not_valid && now->is_not_valid) {
		drop_check(sql, object, before);
		add_check(sql, object, now);
	}
}

/* A check that only has another name is renamed: nothing is read again. */
static void alter_checks(struct lx_sql *sql, const struct lx_domain *old, const struct lx_domain *new)
{
	LX_EACH (const struct lx_domain_check *, check, &old->checks) {
		const struct lx_domain_check *now = find_check(new, check->name), *same = find_same(new, check);
		if (now && lx_expr_equal(now->expr.text, check->expr.text))
			continue;
		if (now || !same || find_check(old, same->name) || find_same(old, check) != check) {
			drop_check(sql, &new->base, check);
			continue;
		}
		alter_domain(sql, &new->base, " RENAME CONSTRAINT ");
		lx_sql_name(sql, check->name);
		lx_sql_raw(sql, " TO ");
		lx_sql_name(sql, same->name);
		lx_sql_end(sql);
	}
	LX_EACH (const struct lx_domain_check *, added, &new->checks) {
		const struct lx_domain_check *before = find_check(old, added->name), *same = find_same(old, added);
		if (before && lx_expr_equal(before->expr.text, added->expr.text)) {
			validate(sql, &new->base, before, added);
			continue;
		}
		if (!before && same && !find_check(new, same->name) && find_same(new, same) == added)
			continue;
		if (!added->is_not_valid)
			lx_sql_hazard(sql, LX_HAZARD_SCAN, "reads every table that has a column of this domain");
		add_check(sql, &new->base, added);
	}
}

static bool alter(struct lx_sql *sql, const struct lx_object *old, const struct lx_object *new, uint32_t changed)
{
	const struct lx_domain *from = (const struct lx_domain *)old, *to = (const struct lx_domain *)new;
	if (changed & (1u << LX_DOMAIN_TYPE | 1u << LX_DOMAIN_COLLATION))
		return false;
	if (changed & 1u << LX_DOMAIN_DEFAULT) {
		alter_domain(sql, new, to->default_value.text ? " SET DEFAULT " : " DROP DEFAULT");
		if (to->default_value.text)
			lx_sql_expr(sql, to->default_value.text);
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_DOMAIN_NOT_NULL) {
		alter_domain(sql, new, to->is_not_null ? " SET NOT NULL" : " DROP NOT NULL");
		if (to->is_not_null)
			lx_sql_hazard(sql, LX_HAZARD_SCAN, "reads every table that has a column of this domain");
		lx_sql_end(sql);
	}
	if (changed & 1u << LX_DOMAIN_CHECKS)
		alter_checks(sql, from, to);
	if (changed & (1u << LX_DOMAIN_CHECKS | 1u << LX_DOMAIN_CHECK_COMMENTS))
		write_check_comments(sql, from, to);
	return true;
}

static const struct lx_object *release(struct lx_sql *sql, const struct lx_object *old)
{
	struct lx_domain *rest = LX_NEW(sql->arena, struct lx_domain);
	*rest = *(const struct lx_domain *)old;
	LX_EACH (const struct lx_domain_check *, check, &rest->checks)
		drop_check(sql, old, check);
	if (rest->default_value.text) {
		alter_domain(sql, old, " DROP DEFAULT");
		lx_sql_end(sql);
	}
	rest->checks = (struct lx_vec){0};
	rest->default_value.text = NULL;
	return &rest->base;
}

const struct lx_kind_sql lx_domain_sql = {
    .identity = write_identity,
    .depends = depends,
    .follow = follow,
    .create = create,
    .drop = lx_sql_drop,
    .alter = alter,
    .rename = lx_sql_rename,
    .release = release,
    .is_type = true,
    .reactions = LX_ON_GONE_STRUCTURE | LX_ON_GONE_TEXT | LX_ON_RETYPE_STRUCTURE,
};
