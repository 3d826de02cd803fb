/* SPDX-License-Identifier: Apache-2.0 */
#include "check/fits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/declare.h"
#include "kinds/domain/domain.h"
#include "kinds/enum/enum.h"
#include "kinds/kind.h"

struct lx_value_target lx_value_target(const struct lx_type *type)
{
	enum { LONGEST_CHAIN = 64 }; /* a circle of domains is reported elsewhere */
	for (int i = 0; i < LONGEST_CHAIN && !type->dimensions && type->user && type->user->kind == LX_KIND_DOMAIN; i++)
		type = &((const struct lx_domain *)type->user)->type;
	bool is_enum = type->user && type->user->kind == LX_KIND_ENUM;
	return (struct lx_value_target){type, is_enum ? (const struct lx_enum *)type->user : NULL,
					type->builtin ? type->builtin->name : "", type->dimensions > 0};
}

static const char *shown(struct lx_declare *declare, const struct lx_value_target *target)
{
	const struct lx_type *type = target->type;
	return lx_arena_printf(declare->arena, "%s%s", type->user ? type->user->source_name : type->name,
			       target->is_array ? "[]" : "");
}

bool lx_value_refuse(struct lx_declare *declare, const struct lx_node *node, const struct lx_value_target *target,
		     const char *help)
{
	struct lx_diag *diag = lx_report(
	    declare->diags, LX_E0303, node->span, "%s is no value for %s",
	    node->kind == LX_NODE_BRACKET ? "a list" : lx_node_describe(declare->arena, node), shown(declare, target));
	lx_diag_help(declare->diags, diag, "%s", help);
	return false;
}

bool lx_value_is_among(const char *word, const char *const *words)
{
	for (; *words; words++) {
		if (strcmp(*words, word) == 0)
			return true;
	}
	return false;
}

static bool check_label(struct lx_declare *declare, const struct lx_node *node, const struct lx_enum *type)
{
	struct lx_vec names = {0};
	LX_EACH (const struct lx_label_value *, value, &type->labels) {
		if (strcmp(value->label, node->text) == 0)
			return true;
		lx_vec_push(declare->arena, &names, (char *)(uintptr_t)value->label);
	}
	struct lx_diag *diag = lx_report(declare->diags, LX_E0304, node->span, "enum '%s' has no label '%s'",
					 type->base.source_name, node->text);
	lx_diag_label(declare->diags, diag, type->base.origin, "declared here");
	const char *near = lx_nearest(node->text, (const char *const *)names.items, names.length);
	if (near) {
		const char *fix = node->kind == LX_NODE_STRING ? lx_arena_printf(declare->arena, "'%s'", near) : near;
		lx_diag_help(declare->diags, diag, "did you mean '%s'?", near);
		lx_diag_fix(declare->diags, diag, node->span, fix, "use the nearest label");
	}
	return false;
}

static bool fits_integer(const char *text, bool is_negative, const char *type)
{
	static const struct {
		const char *type;
		long long limit;
	} ranges[] = {{"int2", 32767}, {"int4", 2147483647}, {"int8", INT64_MAX}, {"oid", 4294967295}};
	char *end;
	errno = 0;
	unsigned long long value = strtoull(text, &end, 10);
	if (errno || *end)
		return false;
	for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
		if (strcmp(ranges[i].type, type) == 0)
			return value <= (unsigned long long)ranges[i].limit + (is_negative ? 1 : 0);
	}
	return true;
}

static const char *const integers[] = {"int2", "int4", "int8", "oid", NULL};
static const char *const numbers[] = {"float4", "float8", "numeric", "money", NULL};
static const char *const texts[] = {"text", "varchar", "char", "name", NULL};

bool lx_value_check_number(struct lx_declare *declare, const struct lx_node *node, const char *text, bool is_negative,
			   const struct lx_value_target *target)
{
	if (declare->is_snapshot || (!*target->builtin && !target->labels && !target->is_array && !target->type->user))
		return true;
	if (!target->is_array && lx_value_is_among(target->builtin, integers)) {
		if (fits_integer(text, is_negative, target->builtin))
			return true;
		return lx_value_refuse(declare, node, target,
				       text[strspn(text, "0123456789")] ? "a whole number is needed"
									: "it is out of range");
	}
	if (!target->is_array && lx_value_is_among(target->builtin, numbers))
		return true;
	if (!target->is_array && lx_value_is_among(target->builtin, texts)) {
		bool is_failed = lx_value_refuse(declare, node, target, "write it as text, in single quotes");
		struct lx_diag *diag = declare->diags->list.items[declare->diags->list.length - 1];
		if (!is_negative && diag->code == LX_E0303)
			lx_diag_fix(declare->diags, diag, node->span,
				    lx_arena_printf(declare->arena, "'%s'", node->text), "put it in quotes");
		return is_failed;
	}
	return lx_value_refuse(declare, node, target,
			       target->is_array                       ? "write a list: [1, 2]"
			       : strcmp(target->builtin, "bool") == 0 ? "write true or false"
			       : target->labels                       ? "write one of the labels"
						: "write it as text, or as an SQL expression in back-quotes");
}

static bool is_uuid(const char *text)
{
	size_t digits = 0;
	for (; *text; text++) {
		if (strchr("0123456789abcdefABCDEF", *text))
			digits++;
		else if (!strchr("-{}", *text))
			return false;
	}
	return digits == 32;
}

static bool is_number_text(const char *text)
{
	static const char *const words[] = {"NaN", "Infinity", "-Infinity", "inf", "-inf", NULL};
	char *end;
	while (*text == ' ')
		text++;
	if (lx_value_is_among(text, words))
		return true;
	if (!*text || strchr("xXnNiI", *text))
		return false;
	strtod(text, &end);
	while (*end == ' ')
		end++;
	return !*end;
}

bool lx_value_check_string(struct lx_declare *declare, const struct lx_node *node, const struct lx_value_target *target)
{
	static const char *const booleans[] = {"true", "false", "t",   "f", "yes", "no", "y",
					       "n",    "on",    "off", "1", "0",   NULL};
	const char *type = target->builtin;
	if (declare->is_snapshot || target->is_array)
		return true;
	if (target->labels)
		return check_label(declare, node, target->labels);
	if (strcmp(type, "bool") == 0 && !lx_value_is_among(node->text, booleans))
		return lx_value_refuse(declare, node, target, "write true or false");
	if (strcmp(type, "uuid") == 0 && !is_uuid(node->text))
		return lx_value_refuse(declare, node, target, "a uuid has 32 hexadecimal digits");
	bool is_integer = lx_value_is_among(type, integers);
	if (is_integer && (!is_number_text(node->text) || node->text[strspn(node->text, " +-0123456789")]))
		return lx_value_refuse(declare, node, target, "a whole number is needed");
	if (!is_integer && lx_value_is_among(type, numbers) && strcmp(type, "money") != 0 &&
	    !is_number_text(node->text))
		return lx_value_refuse(declare, node, target, "a number is needed");
	if (strcmp(type, "varchar") != 0 || !target->type->modifiers)
		return true;
	long room = strtol(target->type->modifiers, NULL, 10), count = 0;
	for (size_t i = 0; i < node->length; count++)
		i += lx_utf8_step(node->text + i, node->length - i, NULL);
	return count <= room || lx_value_refuse(declare, node, target, "it is longer than the type allows");
}

bool lx_value_check_word(struct lx_declare *declare, const struct lx_node *node, const struct lx_value_target *target)
{
	static const char *const booleans[] = {"true", "false", NULL};
	bool is_boolean = lx_value_is_among(node->text, booleans);
	if (declare->is_snapshot || (is_boolean && !target->is_array && strcmp(target->builtin, "bool") == 0))
		return true;
	if (target->labels && !target->is_array)
		return check_label(declare, node, target->labels);
	if (is_boolean && !*target->builtin && !target->type->user && !target->is_array)
		return true;
	return lx_value_refuse(declare, node, target,
			       target->is_array ? "write a list: [a, b], or [] for an empty one"
			       : lx_value_is_among(target->builtin, texts)
				   ? "write text in single quotes, or an SQL expression in back-quotes"
				   : "a bare word is a label of an enum; write an SQL expression in back-quotes");
}
