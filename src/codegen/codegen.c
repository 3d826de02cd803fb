/* SPDX-License-Identifier: Apache-2.0 */
#include "codegen/codegen.h"

#include <string.h>

#include "base/arena.h"
#include "base/sha256.h"
#include "codegen/write.h"
#include "snapshot/snapshot.h"

static void add(struct lx_c_plan *plan, struct lx_vec *outputs, struct lx_c_text *text, const char *base,
		const char *suffix)
{
	struct lx_output *output = LX_NEW(plan->arena, struct lx_output);
	output->name = lx_name_join(plan->arena, base, suffix);
	output->length = text->out.length;
	output->text = lx_arena_copy(plan->arena, lx_buffer_text(&text->out), text->out.length);
	lx_vec_push(plan->arena, outputs, output);
	lx_buffer_clear(&text->out);
}

/* The first 64 bits of the SHA-256 of the schema's canonical text. */
static uint64_t hash_of(const struct lx_schema *schema)
{
	struct lx_buffer canonical = LX_BUFFER_INIT;
	char hex[LX_SHA256_HEX] = "";
	uint64_t hash = 0;
	lx_snapshot_print(&canonical, schema);
	lx_sha256_hex(lx_buffer_text(&canonical), canonical.length, hex);
	for (int i = 0; i < 16 && hex[i]; i++)
		hash = hash << 4 | (uint64_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
	lx_buffer_free(&canonical);
	return hash;
}

static int by_name(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct lx_output *)a)->name, ((const struct lx_output *)b)->name);
}

void lx_codegen(struct lx_arena *arena, struct lx_diags *diags, const struct lx_schema *schema,
		const struct lx_codegen_options *options, struct lx_vec *outputs)
{
	struct lx_c_plan plan = {.arena = arena, .schema = schema};
	struct lx_c_text text = {LX_BUFFER_INIT};
	plan.names.arena = arena;
	plan.names.diags = diags;
	plan.prefix = options->prefix;
	plan.upper = lx_name_upper(arena, "", options->prefix);
	size_t errors = diags->errors;
	if (!lx_name_check(&plan.names, options->prefix, LX_NO_SPAN, "the prefix of all names"))
		return;
	lx_c_plan_schema(&plan);
	if (diags->errors > errors)
		return;
	LX_EACH (const struct lx_c_model *, model, &plan.models) {
		lx_c_write_header(&text, &plan, model);
		add(&plan, outputs, &text, model->file, ".h");
		lx_c_write_source(&text, &plan, model);
		add(&plan, outputs, &text, model->file, ".c");
	}
	lx_c_write_types_header(&text, &plan);
	add(&plan, outputs, &text, plan.prefix, "_types.h");
	lx_c_write_types_source(&text, &plan);
	add(&plan, outputs, &text, plan.prefix, "_types.c");
	lx_c_write_umbrella(&text, &plan, hash_of(schema));
	add(&plan, outputs, &text, plan.prefix, "_models.h");
	lx_buffer_free(&text.out);
	lx_vec_sort(arena, outputs, by_name, NULL);
}
