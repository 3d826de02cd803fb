/* SPDX-License-Identifier: Apache-2.0 */
#include "check/compile.h"

#include <string.h>

#include "base/arena.h"
#include "check/declare.h"
#include "check/files.h"
#include "check/mixin.h"
#include "check/phases.h"
#include "kinds/grant/lines.h"
#include "kinds/kind.h"

static void report_unknown_word(struct lx_declare *declare, const struct lx_node *word)
{
	struct lx_vec words = {0};
	for (int i = 0; i < LX_KIND_COUNT; i++) {
		const struct lx_kind_info *info = lx_kind_info((enum lx_kind)i);
		for (size_t k = 0; !info->is_child && k < 2 && info->words[k]; k++)
			lx_vec_push(declare->arena, &words, (char *)(uintptr_t)info->words[k]);
	}
	lx_vec_push(declare->arena, &words, lx_arena_string(declare->arena, "mixin"));
	lx_vec_push(declare->arena, &words, lx_arena_string(declare->arena, "import"));
	struct lx_diag *diag = lx_report(declare->diags, LX_E0103, word->span, "no declaration begins with %s",
					 lx_node_describe(declare->arena, word));
	if (word->kind != LX_NODE_WORD)
		return;
	if (lx_kind_find(declare->words, word->text, true) != LX_KIND_COUNT || strcmp(word->text, "use") == 0)
		lx_diag_help(declare->diags, diag, "'%s' belongs into the block of a model", word->text);
	else
		lx_names_suggest(declare, diag, word->text, &words, word->span);
}

static bool is_word(const struct lx_node *node, const char *word)
{
	return node && node->kind == LX_NODE_WORD && strcmp(node->text, word) == 0;
}

static void declare_item(struct lx_declare *declare, const struct lx_item *item)
{
	const struct lx_node *word = item->first;
	if (!word)
		return;
	enum lx_kind kind =
	    word->kind == LX_NODE_WORD ? lx_kind_find(declare->words, word->text, false) : LX_KIND_COUNT;
	if (kind != LX_KIND_COUNT)
		lx_declare_item(declare, kind, item, NULL);
	else if (is_word(word, "mixin"))
		lx_mixin_declare(declare, item);
	else
		report_unknown_word(declare, word);
}

static void declare_file(struct lx_declare *declare, const struct lx_file *file)
{
	const struct lx_item *item = file->items;
	if (item && is_word(item->first, "lexo"))
		item = item->next;
	for (; item; item = item->next) {
		if (!is_word(item->first, "import")) /* they were followed when the files were read */
			declare_item(declare, item);
	}
}

static void resolve(struct lx_declare *declare, struct lx_object *object)
{
	size_t first = declare->diags->list.length;
	lx_declare_resolve(declare, object);
	lx_mixin_mark(declare, object, first);
}

/* Kinds in their order, so that what refers to tables finds their columns and keys complete. */
static void resolve_all(struct lx_declare *declare)
{
	for (int kind = 0; kind < LX_KIND_COUNT; kind++) {
		bool is_child = lx_kind_info((enum lx_kind)kind)->is_child;
		for (size_t i = 0; i < declare->schema->objects.length; i++) {
			struct lx_object *object = declare->schema->objects.items[i];
			if (!is_child && object->kind == (enum lx_kind)kind)
				resolve(declare, object);
			for (size_t j = 0; is_child && j < object->children.length; j++) {
				struct lx_object *child = object->children.items[j];
				if (child->kind == (enum lx_kind)kind)
					resolve(declare, child);
			}
		}
	}
}

static bool same_diag(const struct lx_diag *a, const struct lx_diag *b)
{
	return a->code == b->code && a->span.file == b->span.file && a->span.start == b->span.start &&
	       strcmp(a->message, b->message) == 0;
}

/* What a mixin's line does wrong is found again in each model that uses it. */
static void drop_repeated(struct lx_diags *diags)
{
	uint32_t kept = 0;
	for (uint32_t i = 0; i < diags->list.length; i++) {
		struct lx_diag *diag = diags->list.items[i];
		size_t j = 0;
		while (j < kept && !same_diag(diags->list.items[j], diag))
			j++;
		if (j == kept) {
			diags->list.items[kept++] = diag;
			continue;
		}
		diags->errors -= diag->severity == LX_ERROR;
		diags->warnings -= diag->severity == LX_WARNING;
	}
	diags->list.length = kept;
}

static struct lx_schema *build(struct lx_arena *arena, struct lx_diags *diags, const struct lx_vec *files,
			       const struct lx_compile_options *options)
{
	struct lx_declare declare = {.arena = arena, .diags = diags, .schema = lx_schema_open(arena)};
	declare.words = lx_kind_words_make(arena);
	declare.is_snapshot = declare.schema->is_snapshot = options && options->is_snapshot;
	/* The snapshot says @schema for everything outside of public, so that no setting changes what it means. */
	bool is_set = options && options->default_schema && !declare.is_snapshot;
	declare.default_schema = is_set ? options->default_schema : "public";
	declare.target_version = options && options->target_version ? options->target_version : 15;
	LX_EACH (const struct lx_file *, file, files) {
		declare_file(&declare, file);
	}
	lx_mixins_expand(&declare);
	lx_types_resolve(&declare);
	lx_values_read(&declare);
	resolve_all(&declare);
	lx_grants_expand(&declare);
	lx_after_resolve(&declare);
	lx_rules_check(&declare);
	drop_repeated(diags);
	return declare.schema;
}

struct lx_schema *lx_compile(struct lx_arena *arena, struct lx_diags *diags, const char *const *paths, size_t count,
			     const struct lx_compile_options *options, struct lx_fail *fail)
{
	struct lx_vec files = {0};
	if (!lx_files_read(arena, diags, paths, count, &files, fail))
		return NULL;
	return build(arena, diags, &files, options);
}

struct lx_schema *lx_compile_text(struct lx_arena *arena, struct lx_diags *diags, const char *name, const char *text,
				  size_t length, const struct lx_compile_options *options)
{
	struct lx_vec files = {0};
	uint32_t number = lx_diags_source(diags, name, text, length);
	lx_files_parse_text(arena, diags, number, &files);
	return build(arena, diags, &files, options);
}
